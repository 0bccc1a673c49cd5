import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Policy } from './policies';
import { DataTable } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { Person } from '@/shared/ui/Person';
import { Time } from '@/shared/ui/Time';

export function PolicyTable({ policies }: { policies: Policy[] }): ReactNode {
  return (
    <DataTable
      aria-label="Policies"
      rows={policies}
      rowKey={({ name }) => name}
      columns={[
        {
          header: 'Policy',
          kind: 'anywhere',
          cell: ({ name }) => (
            <Link to="/policies/$name" params={{ name }}>
              {name}
            </Link>
          ),
        },
        { header: 'Target', cell: ({ target }) => target },
        { header: 'Version', cell: ({ version }) => <>v{version}</> },
        { header: 'Digest', cell: ({ digest }) => <DigestText value={digest} /> },
        { header: 'Activated by', cell: ({ activatedBy }) => <Person actor={activatedBy} /> },
        { header: 'Activated', cell: ({ activatedAt }) => <Time at={activatedAt} /> },
      ]}
    />
  );
}
