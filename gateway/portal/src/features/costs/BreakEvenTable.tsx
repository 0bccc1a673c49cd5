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
          cell: (one) =>
            one.monthlyVolume == null ? (
              <span className="pl-subtle">{noteOf(one, maxVolume)}</span>
            ) : (
              count(one.monthlyVolume)
            ),
        },
      ]}
    />
  );
}

/** Returns why there is no break-even. Cost models from before December 2026 say it with the ids of approaches. */
function noteOf({ below, note }: BreakEven, maxVolume: number): string {
  if (note.startsWith('no crossover in range')) return `${words(below)} stays cheaper up to ${count(maxVolume)}`;
  if (note.startsWith('no crossover')) return `${words(below)} is cheaper at every volume`;
  return note;
}
