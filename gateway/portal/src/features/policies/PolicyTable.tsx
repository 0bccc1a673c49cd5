import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Policy } from './policies';
import { DataTable } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { Person } from '@/shared/ui/Person';
import { Time } from '@/shared/ui/Time';

export function PolicyTable({ policies }: { policies: Policy[] }): ReactNode {
  return (
    <DataTable aria-label="Policies">
      <Thead>
        <Tr>
          <Th>Policy</Th>
          <Th>Target</Th>
          <Th>Version</Th>
          <Th>Digest</Th>
          <Th>Activated by</Th>
          <Th>Activated</Th>
        </Tr>
      </Thead>
      <Tbody>
        {policies.map(({ name, target, version, digest, activatedBy, activatedAt }) => (
          <Tr key={name}>
            <Td dataLabel="Policy" className="pl-anywhere">
              <Link to="/policies/$name" params={{ name }}>
                {name}
              </Link>
            </Td>
            <Td dataLabel="Target">{target}</Td>
            <Td dataLabel="Version">v{version}</Td>
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
