import type { DatasetVersion, NewSplit } from './datasets';
import { optionalNumber, parsed, z } from '@/shared/form/schema';

const share = 'Must be a percentage from 0 to 100.';
const percent = z.string().check(z.refine((text) => isNothing(text) || shareOf(text) > 0, share));

export const splitSchema = z.object({
  subsets: parsed(z.object({ train: percent, validation: percent, test: percent }), (subsets, refuse) => {
    const sum = Object.values(subsets).reduce((total, text) => total + shareOf(text), 0);
    const total = Number((sum * 100).toFixed(4));
    if (Math.abs(sum - 1) > 1e-9) refuse(`The subsets must add up to 100 percent; these add up to ${total}.`);
    return subsets;
  }),
  given: z.boolean(),
  stratify: z.boolean(),
  dropDuplicates: z.boolean(),
  maxRows: optionalNumber(
    'Must be a whole number of at least 2, or empty.',
    (rows) => Number.isInteger(rows) && rows >= 2,
  ),
  seed: optionalNumber('Must be a whole number.', (seed) => Number.isInteger(seed) && seed >= 0),
});
export type SplitDraft = z.input<typeof splitSchema>;

export const defaultSplit: SplitDraft = {
  subsets: { train: '60', validation: '20', test: '20' },
  given: false,
  stratify: true,
  dropDuplicates: true,
  maxRows: '',
  seed: '7',
};

/** Returns the share for a percentage; 0 when the text is not a percentage. */
export function shareOf(percentage: string): number {
  const value = Number(percentage.trim().replace(',', '.'));
  return percentage.trim() !== '' && value > 0 && value <= 100 ? value / 100 : 0;
}

function isNothing(percentage: string): boolean {
  return percentage.trim() === '' || Number(percentage.replace(',', '.')) === 0;
}

/** Returns the number of rows to split: without dropped duplicates, and at most the maximum. */
export function rowsTaken(
  { dropDuplicates, maxRows }: SplitDraft,
  rows: number,
  report: DatasetVersion['report'],
): number {
  const kept = dropDuplicates && report != null ? rows - report.duplicates.exact - report.duplicates.near : rows;
  return maxRows.trim() === '' ? kept : Math.min(kept, Number(maxRows) || kept);
}

/** Returns the split in the form that the service accepts. A subset of 0 percent is omitted. */
export function definitionOf(
  { subsets, given, stratify, dropDuplicates, maxRows, seed }: z.output<typeof splitSchema>,
  labelled: boolean,
): NewSplit {
  const shares = Object.entries(subsets).map(([name, text]): [string, number] => [name, shareOf(text)]);
  return {
    ...(given ? { given } : { subsets: Object.fromEntries(shares.filter(([, share]) => share > 0)) }),
    stratify: stratify && labelled && !given,
    dropDuplicates,
    maxRows: maxRows ?? null,
    seed: seed ?? null,
  };
}
