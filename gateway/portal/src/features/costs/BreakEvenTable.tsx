import type { ReactNode } from 'react';
import type { BreakEven } from './costs';
import { count, words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';

interface BreakEvenTableProps {
  breakEven: BreakEven[];
}

/** The break-even of each pair of approaches: the cheaper one at low volume, and the volume from which the other is. */
export function BreakEvenTable({ breakEven }: BreakEvenTableProps): ReactNode {
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
          cell: ({ monthlyVolume, note }) =>
            monthlyVolume == null ? <span className="pl-subtle">{note}</span> : count(monthlyVolume),
        },
      ]}
    />
  );
}
