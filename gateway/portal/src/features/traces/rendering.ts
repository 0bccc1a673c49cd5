import { detailsOf, retrievedIn } from './retrieval';
import type { RenderInput } from '@/shared/data/promptRendering';
import { valueOf, variablesOf } from '@/shared/data/promptVariables';
import type { PromptVersion } from '@/shared/data/promptVersions';
import type { TraceContent, TraceDetail } from '@/shared/data/traces';
import { requestIn } from '@/shared/items/request';

/** The variable of a prompt that retrieval fills with passages. */
const PASSAGES = 'passages';

/** Returns the stored request as the input by which its prompt is rendered again. */
export function inputOf({ variables: schema }: PromptVersion, content: TraceContent): RenderInput {
  const { messages, variables } = requestIn(content);
  const values = { ...variables };
  for (const { name, kind } of variablesOf(schema)) {
    const stored = values[name];
    // Masked contents have all numbers as texts.
    if (kind === 'number' && typeof stored === 'string' && isNumber(stored)) values[name] = valueOf(stored, kind);
    if (name === PASSAGES && kind === 'text') values[name] ??= '';
  }
  return messages.length === 0 ? { variables: values } : { variables: values, conversation: messages.map(asJson) };
}

const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text));

const asJson = (message: object) => ({ ...message });

/** Returns the known differences between the prompt that is rendered again and what a model was sent. */
export function differencesOf({ trace, steps }: TraceDetail, { truncated }: TraceContent): string[] {
  const called = steps.some(({ kind }) => kind === 'CALL');
  const trimmed = steps.map(detailsOf).findLast((details) => details['trimmed'] !== undefined)?.['trimmed'];
  return [
    !called && 'No model was called for this request, so nothing was sent.',
    trace.contents === 'MASKED' && 'The stored request is masked: placeholders stand for what it contained.',
    truncated && 'Part of the contents was too long to be stored, so messages may be missing here.',
    retrievedIn(steps) && 'The examples or passages that the index added are not shown here.',
    called &&
      trimmed !== undefined &&
      `The request was too long for the model, so ${trimmed} of the caller's messages were not sent.`,
  ].filter((difference) => difference !== false);
}
