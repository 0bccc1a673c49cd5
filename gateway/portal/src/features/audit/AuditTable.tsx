import { ExpandableRowContent, Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import { EntryDetail } from './EntryDetail';
import type { AuditRow } from './ledger';
import { count } from '@/shared/text/format';
import { Person } from '@/shared/ui/Person';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

interface AuditTableProps {
  rows: AuditRow[];
  opened: number | undefined;
  onOpen: (index: number | undefined) => void;
}

export function AuditTable({ rows, opened, onOpen }: AuditTableProps): ReactNode {
  return (
    <Table aria-label="Audit entries" variant="compact">
      <Thead>
        <Tr>
          <Th screenReaderText="Open the entry" />
          <Th className="pl-number">Entry</Th>
          <Th>Time</Th>
          <Th>Event</Th>
          <Th>Object</Th>
          <Th>Actor</Th>
          <Th>Outcome</Th>
        </Tr>
      </Thead>
      {rows.map(({ index, time, type, source, subject, actor, outcome }, rowIndex) => {
        const isExpanded = index === opened;
        return (
          <Tbody key={index} isExpanded={isExpanded}>
            <Tr>
              <Td
                expand={{
                  rowIndex,
                  isExpanded,
                  onToggle: () => onOpen(isExpanded ? undefined : index),
                  expandId: 'entry-',
                }}
              />
              <Td dataLabel="Entry" className="pl-number">
                {count(index)}
              </Td>
              <Td dataLabel="Time">
                <Time at={time} />
              </Td>
              <Td dataLabel="Event">
                {type} <span className="pl-subtle">{source}</span>
              </Td>
              <Td dataLabel="Object">{subject}</Td>
              <Td dataLabel="Actor">
                <Person actor={actor} />
              </Td>
              <Td dataLabel="Outcome">{outcome != null && <StateLabel state={outcome} />}</Td>
            </Tr>
            {isExpanded && (
              <Tr isExpanded>
                <Td />
                <Td colSpan={6} noPadding>
                  <ExpandableRowContent>
                    <EntryDetail index={index} />
                  </ExpandableRowContent>
                </Td>
              </Tr>
            )}
          </Tbody>
        );
      })}
    </Table>
  );
}
