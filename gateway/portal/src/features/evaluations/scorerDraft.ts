import type { NewScorer } from './evaluations';
import { z } from '@/shared/form/schema';
import { objectIn } from '@/shared/text/json';

export type ScorerType = NewScorer['type'];

/** What each type of scorer gives the full score for. */
export const scorerTypes: Record<ScorerType, string> = {
  label: 'Label: accuracy, macro F1, per class, confusion matrix',
  exact: 'Exact match with a reference',
  normalised: 'Match but for case, punctuation and white space',
  contains: 'Contains values',
  regex: 'Matches a pattern',
  numeric: 'The number of a reference',
  json_schema: 'JSON that follows a schema',
  fields: 'Fields of JSON agree with a reference, by their share',
  tool_calls: 'The expected tool calls and no others',
  judge: 'A judge: another variant says what the answer is worth',
};

export const scorerSchema = z
  .object({
    type: z.string(),
    name: z.string(),
    /** One a line. */
    values: z.string(),
    match: z.string(),
    pattern: z.string(),
    number: z.string(),
    absolute: z.string(),
    relative: z.string(),
    schema: z.string(),
    /** One a line. */
    pointers: z.string(),
    arguments: z.boolean(),
    /** Digest of the variant that judges. */
    variant: z.string(),
  })
  .check(({ value, issues }) => {
    const missing = whatIsMissing(value);
    if (missing !== undefined) issues.push({ code: 'custom', input: value, ...missing });
  });

export type ScorerDraft = z.input<typeof scorerSchema>;

interface Missing {
  path: [keyof ScorerDraft];
  message: string;
}

function whatIsMissing({ type, values, pattern, schema, pointers, variant }: ScorerDraft): Missing | undefined {
  if (type === 'contains' && lines(values).length === 0)
    return { path: ['values'], message: 'Give at least one value.' };
  if (type === 'judge' && variant === '') return { path: ['variant'], message: 'Choose the variant that judges.' };
  if (type === 'regex' && pattern === '') return { path: ['pattern'], message: 'Give a pattern.' };
  if (type === 'fields' && lines(pointers).length === 0) {
    return { path: ['pointers'], message: 'Give at least one field.' };
  }
  return type === 'json_schema' && objectIn(schema) === undefined
    ? { path: ['schema'], message: 'Give a schema: a JSON object.' }
    : undefined;
}

export function newScorer(type: ScorerType): ScorerDraft {
  return {
    type,
    name: '',
    values: '',
    match: 'ALL',
    pattern: '',
    number: 'LAST',
    absolute: '',
    relative: '',
    schema: '',
    pointers: '',
    arguments: true,
    variant: '',
  };
}

/** What the type uses of a draft. */
export function scorerOf(draft: ScorerDraft): NewScorer {
  const type = draft.type as ScorerType;
  return { type, ...(draft.name.trim() !== '' && { name: draft.name.trim() }), ...configured(type, draft) };
}

function configured(type: ScorerType, draft: ScorerDraft): Partial<NewScorer> {
  switch (type) {
    case 'contains':
      return { values: lines(draft.values), match: draft.match as NonNullable<NewScorer['match']> };
    case 'regex':
      return { pattern: draft.pattern };
    case 'numeric':
      return {
        number: draft.number as NonNullable<NewScorer['number']>,
        ...(draft.absolute !== '' && { absolute: Number(draft.absolute) }),
        ...(draft.relative !== '' && { relative: Number(draft.relative) / 100 }),
      };
    case 'json_schema':
      return { schema: objectIn(draft.schema) ?? {} };
    case 'fields':
      return { pointers: lines(draft.pointers) };
    case 'tool_calls':
      return { arguments: draft.arguments };
    case 'judge':
      return { variant: draft.variant };
    case 'label':
    case 'exact':
    case 'normalised':
      return {};
  }
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
