import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Policy } from './policies';
import { DataTable } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { Person } from '@/shared/ui/Person';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

/** Every version leads to its rules. */
export function VersionTable({ versions, shown }: { versions: Policy[]; shown: Policy }): ReactNode {
  return (
    <DataTable aria-label="Versions">
      <Thead>
        <Tr>
          <Th>Version</Th>
          <Th>State</Th>
          <Th>Digest</Th>
          <Th>Activated by</Th>
          <Th>Activated</Th>
        </Tr>
      </Thead>
      <Tbody>
        {versions.map(({ name, version, active, digest, activatedBy, activatedAt }) => (
          <Tr key={version} isRowSelected={version === shown.version}>
            <Td dataLabel="Version">
              <Link
                to="/policies/$name"
                params={{ name }}
                search={active ? {} : { version: String(version) }}
                activeOptions={{ exact: true }}
              >
                v{version}
              </Link>
              {version === shown.version && <span className="pl-subtle"> shown above</span>}
            </Td>
            <Td dataLabel="State">
              <StateLabel state={active ? 'ACTIVE' : 'REPLACED'} />
            </Td>
            <Td dataLabel="Digest">
              <DigestText value={digest} />
            </Td>
            <Td dataLabel="Activated by">
              <Person actor={activatedBy} />
            </Td>
            <Td dataLabel="Activated">
              <Time at={activatedAt} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}
