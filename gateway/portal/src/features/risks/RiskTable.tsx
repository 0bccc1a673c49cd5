import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { AssessedLevel } from './AssessedLevel';
import type { Risk } from './risks';
import { words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { Person } from '@/shared/ui/Person';
import { Time } from '@/shared/ui/Time';

export function RiskTable({ risks }: { risks: Risk[] }): ReactNode {
  return (
    <DataTable aria-label="Risks">
      <Thead>
        <Tr>
          <Th width={30}>Risk</Th>
          <Th>Approaches</Th>
          <Th>Inherent</Th>
          <Th>Residual</Th>
          <Th>Changed</Th>
          <Th>By</Th>
        </Tr>
      </Thead>
      <Tbody>
        {risks.map(({ name, title, approaches, inherent, residual, changedAt, changedBy }) => (
          <Tr key={name}>
            <Td dataLabel="Risk">
              <Link to="/risks/$name" params={{ name }}>
                {title}
              </Link>
              <div className="pl-subtle">{name}</div>
            </Td>
            <Td dataLabel="Approaches">{approaches.map(words).join(', ')}</Td>
            <Td dataLabel="Inherent">
              <AssessedLevel assessed={inherent} />
            </Td>
            <Td dataLabel="Residual">
              <AssessedLevel assessed={residual} />
            </Td>
            <Td dataLabel="Changed">
              <Time at={changedAt} />
            </Td>
            <Td dataLabel="By">
              <Person actor={changedBy} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}
