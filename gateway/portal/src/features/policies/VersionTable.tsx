import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Policy } from './policies';
import { DataTable } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { Person } from '@/shared/ui/Person';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

/** The versions of a policy, with links to their rules. */
export function VersionTable({ versions, shown }: { versions: Policy[]; shown: Policy }): ReactNode {
  return (
    <DataTable
      aria-label="Versions"
      rows={versions}
      rowKey={({ version }) => version}
      isSelected={({ version }) => version === shown.version}
      columns={[
        {
          header: 'Version',
          cell: ({ name, version, active }) => (
            <>
              <Link
                to="/policies/$name"
                params={{ name }}
                search={active ? {} : { version: String(version) }}
                activeOptions={{ exact: true }}
              >
                v{version}
              </Link>
              {version === shown.version && <span className="pl-subtle"> shown above</span>}
            </>
          ),
        },
        { header: 'State', cell: ({ active }) => <StateLabel state={active ? 'ACTIVE' : 'REPLACED'} /> },
        { header: 'Digest', cell: ({ digest }) => <DigestText value={digest} /> },
        { header: 'Activated by', cell: ({ activatedBy }) => <Person actor={activatedBy} /> },
        { header: 'Activated', cell: ({ activatedAt }) => <Time at={activatedAt} /> },
      ]}
    />
  );
}
