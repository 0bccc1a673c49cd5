import type { TraceStep } from './traces';

interface Failed {
  model: string;
  error: string;
}

/** The models that failed before another one answered; none where the variant's own did, or nobody. */
export function failedBefore(steps: TraceStep[]): Failed[] {
  const calls = steps
    .filter(({ kind }) => kind === 'CALL')
    .map(({ details }): Partial<Failed> => Object.fromEntries(details.map(({ name, value }) => [name, value])));
  const answered = calls.some(({ model, error }) => model !== undefined && error === undefined);
  return answered ? calls.filter((call): call is Failed => call.error !== undefined) : [];
}
