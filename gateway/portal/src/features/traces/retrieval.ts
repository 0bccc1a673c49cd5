import type { TraceStep } from './traces';

export interface Retrieved {
  indexDigest: string;
  /** The ids of the passages that the model was given, best first. */
  passages: string[];
}

export interface Sureness {
  abstained: boolean;
  /** The confidence from 0 to 1; absent if the model reports none. */
  confidence?: number;
}

/** Returns the passages that a step retrieved from an index of documents; undefined for any other step. */
export function retrievedBy(step: TraceStep): Retrieved | undefined {
  const { index, ids } = detailsOf(step);
  return step.kind !== 'RETRIEVE' || index === undefined || ids === undefined
    ? undefined
    : { indexDigest: index, passages: ids.split(' ').filter((id) => id !== '') };
}

/** Returns the model's confidence that the variant compared with its threshold; undefined without one. */
export function surenessOf(steps: TraceStep[]): Sureness | undefined {
  const checked = steps
    .filter(({ kind }) => kind === 'CHECK')
    .map(detailsOf)
    .find(({ abstained }) => abstained !== undefined);
  if (checked === undefined) return undefined;
  const { abstained, confidence } = checked;
  return { abstained: abstained === 'true', ...(confidence !== undefined && { confidence: Number(confidence) }) };
}

/** Returns whether an index was searched for the request. A caller can switch that off. */
export function retrievedIn(steps: TraceStep[]): boolean {
  return steps.some((step) => step.kind === 'RETRIEVE' && detailsOf(step)['switched off by'] === undefined);
}

export function detailsOf({ details }: TraceStep): Partial<Record<string, string>> {
  return Object.fromEntries(details.map(({ name, value }) => [name, value]));
}
