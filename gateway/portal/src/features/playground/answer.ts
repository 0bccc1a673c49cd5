import type { Problem, ProblemDetails } from '@/shared/http/problem';
import { citationsIn, type Citation } from '@/shared/passages/citations';
import type { Passage } from '@/shared/passages/passages';
import type { Money } from '@/shared/text/money';

/** The number of characters of an answer that are stored. Further ones are only counted. */
export const MAX_KEPT = 200_000;
const MAX_CALLS = 32;
/** The maximum of citations, above what the API finds in a message or retrieves. */
const MAX_CITATIONS = 200;
const MAX_PASSAGES = 20;

export type Phase = 'waiting' | 'streaming' | 'finished' | 'stopped' | 'failed';

export interface ToolCall {
  name: string;
  args: string;
}

export interface Usage {
  input: number;
  cached: number;
  output: number;
  reasoning: number;
}

/** The answer of one column, as far as it has arrived. It is plain data, so that it survives a reload. */
export interface Answer {
  phase: Phase;
  model: string;
  text: string;
  /** The length of the complete text. */
  characters: number;
  calls: ToolCall[];
  /** The number of further choices. */
  others: number;
  finishReason?: string;
  usage?: Usage;
  firstTokenMillis?: number;
  millis?: number;
  responseId?: string;
  /** The cost from the trace or a header. Null if no price is known; absent while it may still arrive. */
  cost?: Money | null;
  ignored: string[];
  truncated: string[];
  cache?: string;
  citations?: Citation[];
  /** The passages that the model was given, if the call requested them. */
  passages?: Passage[];
  /** True if the variant abstained. Absent for variants without abstention. */
  abstained?: boolean;
  /** The confidence from 0 to 1; absent if the model reports none. */
  confidence?: number;
  problem?: ProblemDetails;
}

export function waiting(model: string): Answer {
  return { phase: 'waiting', model, text: '', characters: 0, calls: [], others: 0, ignored: [], truncated: [] };
}

/** The fields of a chunk of the OpenAI API that the playground reads. */
export interface Chunk {
  id?: string;
  choices?: {
    index?: number;
    delta?: {
      content?: string | null;
      refusal?: string | null;
      reasoning_content?: string | null;
      tool_calls?: { index?: number; function?: { name?: string | null; arguments?: string | null } }[] | null;
      /** Annotations in the same form as those of a complete message. */
      annotations?: unknown;
    };
    finish_reason?: string | null;
  }[];
  usage?: {
    prompt_tokens?: number;
    completion_tokens?: number;
    prompt_tokens_details?: { cached_tokens?: number | null } | null;
    completion_tokens_details?: { reasoning_tokens?: number | null } | null;
  } | null;
  /** Fields that the OpenAI API does not have. */
  plumbline?: { abstained?: boolean; confidence?: number; passages?: Passage[] } | null;
}

/** Returns the answer with a further chunk, which arrived the given milliseconds after the request was sent. */
export function withChunk(answer: Answer, { id, choices = [], usage, plumbline }: Chunk, millis: number): Answer {
  const next: Answer = { ...answer, ...extensionOf(plumbline), phase: 'streaming' };
  if (id !== undefined) next.responseId = id;
  for (const { index = 0, delta = {}, finish_reason: reason } of choices) {
    if (index > 0) {
      next.others = Math.max(next.others, index);
      continue;
    }
    const text = `${delta.content ?? ''}${delta.refusal ?? ''}`;
    const parts = delta.tool_calls ?? [];
    if (next.firstTokenMillis === undefined && (text !== '' || parts.length > 0 || delta.reasoning_content)) {
      next.firstTokenMillis = millis;
    }
    next.characters += text.length;
    if (next.text.length < MAX_KEPT) next.text = (next.text + text).slice(0, MAX_KEPT);
    if (parts.length > 0) next.calls = withParts(next.calls, parts);
    const cited = citationsIn(delta);
    if (cited.length > 0) next.citations = [...(next.citations ?? []), ...cited].slice(0, MAX_CITATIONS);
    if (reason != null) next.finishReason = reason;
  }
  if (usage != null) {
    next.usage = {
      input: usage.prompt_tokens ?? 0,
      cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
      output: usage.completion_tokens ?? 0,
      reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
    };
  }
  return next;
}

function extensionOf(extension: Chunk['plumbline']): Pick<Answer, 'abstained' | 'confidence' | 'passages'> {
  const { abstained, confidence, passages } = extension ?? {};
  return {
    ...(abstained !== undefined && { abstained }),
    ...(confidence !== undefined && { confidence }),
    ...(passages !== undefined && { passages: passages.slice(0, MAX_PASSAGES) }),
  };
}

type Part = NonNullable<NonNullable<NonNullable<Chunk['choices']>[number]['delta']>['tool_calls']>[number];

/** Merges parts of tool calls. The name comes with the first part, arguments with any part. */
function withParts(calls: ToolCall[], parts: Part[]): ToolCall[] {
  const next = [...calls];
  for (const { index = 0, function: called } of parts) {
    if (index < 0 || index >= MAX_CALLS) continue;
    while (next.length <= index) next.push({ name: '', args: '' });
    const known = next[index] ?? { name: '', args: '' };
    next[index] = {
      name: known.name + (called?.name ?? ''),
      args: (known.args + (called?.arguments ?? '')).slice(0, MAX_KEPT),
    };
  }
  return next;
}

export function finished(answer: Answer, millis: number): Answer {
  return { ...answer, phase: 'finished', millis };
}

/** Returns the answer as stopped. The text that had arrived stays. */
export function stopped(answer: Answer, millis: number): Answer {
  return { ...answer, phase: 'stopped', millis };
}

export function failed(answer: Answer, problem: Problem, millis: number): Answer {
  return { ...answer, phase: 'failed', problem: problem.details, millis };
}

/** Returns whether more of the answer may arrive. */
export function isOpen({ phase }: Answer): boolean {
  return phase === 'waiting' || phase === 'streaming';
}
