import type { PromptVersion } from '@/shared/data/promptVersions';
import { count } from '@/shared/text/format';
import { isObject } from '@/shared/text/json';

export const mostExamples = 256;

type Example = PromptVersion['examples'][number];

/** Returns the examples of a JSON text, or the reason why they cannot be added. */
export function examplesIn(text: string, room: number): { examples: Example[]; flaw?: string } {
  if (text.trim() === '') return { examples: [] };
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    return { examples: [], flaw: `This is not JSON: ${(error as Error).message}` };
  }
  if (!Array.isArray(list)) return { examples: [], flaw: 'Must be a JSON list: [ … ]' };
  if (list.length > room)
    return { examples: [], flaw: `Only ${room} more fit, but the list has ${count(list.length)}.` };
  const wrong = list.findIndex((one) => !isExample(one));
  return wrong < 0
    ? { examples: list as Example[] }
    : { examples: [], flaw: `Example ${wrong + 1} must be {"input": …, "output": …} with two texts and nothing else.` };
}

function isExample(value: unknown): value is Example {
  return (
    isObject(value) &&
    Object.keys(value).length === 2 &&
    typeof value['input'] === 'string' &&
    typeof value['output'] === 'string'
  );
}
