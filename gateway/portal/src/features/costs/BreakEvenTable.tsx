import type { ReactNode } from 'react';
import type { BreakEven } from './costs';
import { count, words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';

interface BreakEvenTableProps {
  breakEven: BreakEven[];
  maxVolume: number;
}

/** The break-even of each pair of approaches: the cheaper one at low volume, and the volume from which the other is. */
export function BreakEvenTable({ breakEven, maxVolume }: BreakEvenTableProps): ReactNode {
  return (
    <DataTable
      aria-label="Break-even points"
      rows={breakEven}
      rowKey={({ below, above }) => `${below} ${above}`}
      columns={[
        { header: 'Cheaper at low volume', cell: ({ below }) => words(below) },
        { header: 'Compared with', cell: ({ above }) => words(above) },
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

/** Returns whether the two costs cross, even beyond the volumes considered. */
function inRange(note: string): boolean {
  return note.startsWith('no crossover in range');
}
