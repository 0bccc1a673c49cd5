import type { TraceStep } from './traces';

interface Failed {
  model: string;
  error: string;
}

/** Returns the models that failed before a fallback answered. Empty if the variant's own model or none answered. */
export function failedBefore(steps: TraceStep[]): Failed[] {
  const calls = steps
    .filter(({ kind }) => kind === 'CALL')
    .map(({ details }): Partial<Failed> => Object.fromEntries(details.map(({ name, value }) => [name, value])));
  const answered = calls.some(({ model, error }) => model !== undefined && error === undefined);
  return answered ? calls.filter((call): call is Failed => call.error !== undefined) : [];
}
