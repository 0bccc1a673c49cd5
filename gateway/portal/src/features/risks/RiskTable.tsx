import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { AssessedLevel } from './AssessedLevel';
import type { Risk } from '@/shared/risks/risks';
import { words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { Person } from '@/shared/ui/Person';
import { Time } from '@/shared/ui/Time';

export function RiskTable({ risks }: { risks: Risk[] }): ReactNode {
  return (
    <DataTable
      aria-label="Risks"
      rows={risks}
      rowKey={({ name }) => name}
      columns={[
        {
          header: 'Risk',
          width: 30,
          cell: ({ name, title }) => (
            <>
              <Link to="/risks/$name" params={{ name }}>
                {title}
              </Link>
              <div className="pl-subtle">{name}</div>
            </>
          ),
        },
        { header: 'Approaches', cell: ({ approaches }) => approaches.map(words).join(', ') },
        { header: 'Inherent', cell: ({ inherent }) => <AssessedLevel assessed={inherent} /> },
        { header: 'Residual', cell: ({ residual }) => <AssessedLevel assessed={residual} /> },
        { header: 'Changed', cell: ({ changedAt }) => <Time at={changedAt} /> },
        { header: 'By', cell: ({ changedBy }) => <Person actor={changedBy} /> },
      ]}
    />
  );
}
