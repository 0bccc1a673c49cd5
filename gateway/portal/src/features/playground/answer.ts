import type { Problem, ProblemDetails } from '@/shared/http/problem';
import { citationsIn, type Citation } from '@/shared/passages/citations';
import type { Passage } from '@/shared/passages/passages';
import type { Money } from '@/shared/text/money';

/** Of a text, what is kept; what follows is counted only. */
export const MAX_KEPT = 200_000;
const MAX_CALLS = 32;
/** More than the API finds in a message, and more than it retrieves. */
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

/** What one column was answered, as far as it has arrived; plain data, so that it survives a reload. */
export interface Answer {
  phase: Phase;
  model: string;
  text: string;
  /** How long the text is in all. */
  characters: number;
  calls: ToolCall[];
  /** Further choices, of which only their number is known. */
  others: number;
  finishReason?: string;
  usage?: Usage;
  firstTokenMillis?: number;
  millis?: number;
  responseId?: string;
  /** Of the trace or of a header; null where no price is known, absent as long as it may still become known. */
  cost?: Money | null;
  ignored: string[];
  truncated: string[];
  cache?: string;
  citations?: Citation[];
  /** All that the model was given, where the call asked for them. */
  passages?: Passage[];
  /** Whether the variant gave the answer that it has for what it does not know; absent where it has none. */
  abstained?: boolean;
  /** From 0 to 1; absent where the model says nothing of it. */
  confidence?: number;
  problem?: ProblemDetails;
}

export function waiting(model: string): Answer {
  return { phase: 'waiting', model, text: '', characters: 0, calls: [], others: 0, ignored: [], truncated: [] };
}

/** A chunk of the OpenAI API, as far as it is read here. */
export interface Chunk {
  id?: string;
  choices?: {
    index?: number;
    delta?: {
      content?: string | null;
      refusal?: string | null;
      reasoning_content?: string | null;
      tool_calls?: { index?: number; function?: { name?: string | null; arguments?: string | null } }[] | null;
      /** Read as those of a whole message are. */
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
  /** What the OpenAI API has no field for. */
  plumbline?: { abstained?: boolean; confidence?: number; passages?: Passage[] } | null;
}

/** The answer with a further chunk, which arrived so many milliseconds after the request was sent. */
export function withChunk(answer: Answer, { id, choices = [], usage, plumbline }: Chunk, millis: number): Answer {
  const next: Answer = { ...answer, ...said(plumbline), phase: 'streaming' };
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

function said(extension: Chunk['plumbline']): Pick<Answer, 'abstained' | 'confidence' | 'passages'> {
  const { abstained, confidence, passages } = extension ?? {};
  return {
    ...(abstained !== undefined && { abstained }),
    ...(confidence !== undefined && { confidence }),
    ...(passages !== undefined && { passages: passages.slice(0, MAX_PASSAGES) }),
  };
}

type Part = NonNullable<NonNullable<NonNullable<Chunk['choices']>[number]['delta']>['tool_calls']>[number];

/** A call's name comes with its first part, its arguments with any. */
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

/** What had arrived stays. */
export function stopped(answer: Answer, millis: number): Answer {
  return { ...answer, phase: 'stopped', millis };
}

export function failed(answer: Answer, problem: Problem, millis: number): Answer {
  return { ...answer, phase: 'failed', problem: problem.details, millis };
}

/** Whether more of it may come. */
export function isOpen({ phase }: Answer): boolean {
  return phase === 'waiting' || phase === 'streaming';
}
