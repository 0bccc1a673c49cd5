import type { ReactNode } from 'react';
import type { BreakEven } from './costs';
import { count, words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';

interface BreakEvenTableProps {
  breakEven: BreakEven[];
  maxVolume: number;
}

/** Each pair once: which is cheaper at first, and from which volume on the other is. */
export function BreakEvenTable({ breakEven, maxVolume }: BreakEvenTableProps): ReactNode {
  return (
    <DataTable
      aria-label="Break-even points"
      rows={breakEven}
      rowKey={({ below, above }) => `${below} ${above}`}
      columns={[
        { header: 'Cheaper at low volume', cell: ({ below }) => words(below) },
        { header: 'Against', cell: ({ above }) => words(above) },
        {
          header: 'Break-even, calls per month',
          kind: 'number',
          cell: ({ below, monthlyVolume, note }) =>
            monthlyVolume == null ? (
              <span className="pl-subtle">
                {inRange(note)
                  ? `${words(below)} stays cheaper up to ${count(maxVolume)}`
                  : `${words(below)} is cheaper at every volume`}
              </span>
            ) : (
              count(monthlyVolume)
            ),
        },
      ]}
    />
  );
}

/** Whether the two cross at all, though beyond the volumes considered. */
function inRange(note: string): boolean {
  return note.startsWith('no crossover in range');
}
