import type { DatasetVersion, OrderSplit } from './datasets';

export const defaultSplit = {
  train: '60',
  validation: '20',
  test: '20',
  stratify: true,
  dropDuplicates: true,
  maxRows: '',
  seed: '7',
};

export type SplitDraft = typeof defaultSplit;
type Part = 'train' | 'validation' | 'test';
export type SplitErrors = Partial<Record<Part | 'parts' | 'maxRows' | 'seed', string>>;

/** The share that a percentage is; 0 when it is none. */
export function shareOf(percent: string): number {
  const value = Number(percent.trim().replace(',', '.'));
  return percent.trim() !== '' && value > 0 && value <= 100 ? value / 100 : 0;
}

/** How many rows there are to share out: without duplicates if they are dropped, and no more than the most. */
export function rowsTaken(
  { dropDuplicates, maxRows }: SplitDraft,
  rows: number,
  report: DatasetVersion['report'],
): number {
  const kept = dropDuplicates && report != null ? rows - report.duplicates.exact - report.duplicates.near : rows;
  return maxRows.trim() === '' ? kept : Math.min(kept, Number(maxRows) || kept);
}

/** What is typed as the service wants it; a part of 0 or nothing is left out. */
export function asOrder(draft: SplitDraft, labelled: boolean): { order: OrderSplit; errors: SplitErrors } {
  const errors: SplitErrors = {};
  const parts: Record<string, number> = {};
  let sum = 0;
  for (const part of ['train', 'validation', 'test'] as const) {
    const text = draft[part].trim();
    if (text === '' || Number(text.replace(',', '.')) === 0) continue;
    const share = shareOf(text);
    if (share === 0) errors[part] = 'Must be a percentage from 0 to 100.';
    parts[part] = share;
    sum += share;
  }
  if (Math.abs(sum - 1) > 1e-9 && Object.keys(errors).length === 0)
    errors.parts = `The parts must make 100 percent; these make ${Number((sum * 100).toFixed(4))}.`;
  const maxRows = draft.maxRows.trim() === '' ? null : Number(draft.maxRows);
  if (maxRows !== null && !(Number.isInteger(maxRows) && maxRows >= 2))
    errors.maxRows = 'Must be a whole number from 2 on, or empty.';
  const seed = draft.seed.trim() === '' ? null : Number(draft.seed);
  if (seed !== null && !(Number.isInteger(seed) && seed >= 0)) errors.seed = 'Must be a whole number.';
  return {
    order: { parts, stratify: draft.stratify && labelled, dropDuplicates: draft.dropDuplicates, maxRows, seed },
    errors,
  };
}
