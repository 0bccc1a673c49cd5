import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import type { Waiver } from './applications';
import { words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { Person } from '@/shared/ui/Person';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

export function WaiversPanel({ waivers }: { waivers: Waiver[] }): ReactNode {
  if (waivers.length === 0) {
    return <Empty title="No waivers">A waiver lets a phase go on without its evidence; it needs a reason and a second person. None was asked for.</Empty>;
  }
  return (
    <DataTable aria-label="Waivers">
      <Thead>
        <Tr>
          <Th>State</Th>
          <Th>Phase</Th>
          <Th>Reason</Th>
          <Th>Asked by</Th>
          <Th>Asked</Th>
        </Tr>
      </Thead>
      <Tbody>
        {waivers.map(({ waiverId, state, phase, reason, requester, requestedAt }) => (
          <Tr key={waiverId}>
            <Td dataLabel="State">
              <StateLabel state={state} />
            </Td>
            <Td dataLabel="Phase">{words(phase)}</Td>
            <Td dataLabel="Reason">{reason}</Td>
            <Td dataLabel="Asked by">
              <Person actor={requester} />
            </Td>
            <Td dataLabel="Asked">
              <Time at={requestedAt} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}
