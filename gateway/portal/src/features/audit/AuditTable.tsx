import { ExpandableRowContent, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useRef, type ReactNode } from 'react';
import { EntryDetail } from './EntryDetail';
import { EntryWarnings } from './EntryWarnings';
import type { AuditEntry } from './ledger';
import { ObjectLink } from './ObjectLink';
import { count } from '@/shared/text/format';
import { TableFrame } from '@/shared/ui/DataTable';
import { Person } from '@/shared/ui/Person';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

interface AuditTableProps {
  rows: AuditEntry[];
  opened: number | undefined;
  onOpen: (index: number | undefined) => void;
}

export function AuditTable({ rows, opened, onOpen }: AuditTableProps): ReactNode {
  // The entry that the address names may be far down. An entry that was opened by hand is already visible.
  const named = useRef(opened);
  const show = (row: HTMLTableSectionElement | null) => {
    if (row === null || named.current === undefined) return;
    row.scrollIntoView?.({ block: 'start' });
    named.current = undefined;
  };
  return (
    <TableFrame aria-label="Audit entries">
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
      {rows.map((entry, rowIndex) => {
        const { index, occurredAt, type, source, actor, outcome } = entry;
        const isExpanded = index === opened;
        return (
          <Tbody key={index} isExpanded={isExpanded} ref={isExpanded ? show : undefined}>
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
                <Time at={occurredAt} />
              </Td>
              <Td dataLabel="Event" className="pl-anywhere">
                {type} <span className="pl-subtle">{source}</span>
              </Td>
              <Td dataLabel="Object" className="pl-anywhere">
                <ObjectLink entry={entry} />
              </Td>
              <Td dataLabel="Actor" className="pl-anywhere">
                <Person actor={actor} />
              </Td>
              <Td dataLabel="Outcome">
                <StateLabel state={outcome} /> <EntryWarnings warnings={entry.warnings} />
              </Td>
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
    </TableFrame>
  );
}
