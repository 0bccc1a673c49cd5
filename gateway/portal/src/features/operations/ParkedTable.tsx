import { ExpandableRowContent, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { eventName, type ParkedMessage, type Service } from './parked';
import { ParkedDetail } from './ParkedDetail';
import { DataTable } from '@/shared/ui/DataTable';
import { RoleButton } from '@/shared/ui/RoleButton';
import { Time } from '@/shared/ui/Time';

interface ParkedTableProps {
  service: Service;
  messages: ParkedMessage[];
  onReplay: (message: ParkedMessage) => void;
}

/** The oldest first, as they will be applied; the address names the opened one as service.number. */
export function ParkedTable({ service, messages, onReplay }: ParkedTableProps): ReactNode {
  const { message: opened } = useSearch({ from: '/ops/parked' });
  const navigate = useNavigate({ from: '/ops/parked' });
  const open = (message: string | undefined) =>
    void navigate({ search: (search) => ({ ...search, message }), replace: true, resetScroll: false });
  return (
    <DataTable aria-label={`Parked messages of ${service}`}>
      <Thead>
        <Tr>
          <Th screenReaderText="Open the message" />
          <Th>Event</Th>
          <Th>About</Th>
          <Th>Cause</Th>
          <Th>Parked</Th>
          <Th screenReaderText="Actions" />
        </Tr>
      </Thead>
      {messages.map((message, rowIndex) => {
        const { id, source, type, key, cause, parkedAt } = message;
        const name = `${service}.${id}`;
        const isExpanded = name === opened;
        return (
          <Tbody key={id} isExpanded={isExpanded}>
            <Tr>
              <Td
                expand={{
                  rowIndex,
                  isExpanded,
                  onToggle: () => open(isExpanded ? undefined : name),
                  expandId: `${service}-`,
                }}
              />
              <Td dataLabel="Event">
                {eventName(type)} <span className="pl-subtle">{source}</span>
              </Td>
              <Td dataLabel="About" className="pl-anywhere">
                {key}
              </Td>
              <Td dataLabel="Cause">
                <div className="pl-clamp">{cause}</div>
              </Td>
              <Td dataLabel="Parked">
                <Time at={parkedAt} />
              </Td>
              <Td dataLabel="Actions" isActionCell>
                <RoleButton
                  roles={['sre']}
                  size="sm"
                  variant="secondary"
                  aria-label={`Replay ${eventName(type)} about ${key}`}
                  onClick={() => onReplay(message)}
                >
                  Replay
                </RoleButton>
              </Td>
            </Tr>
            {isExpanded && (
              <Tr isExpanded>
                <Td />
                <Td colSpan={5}>
                  <ExpandableRowContent>
                    <ParkedDetail message={message} />
                  </ExpandableRowContent>
                </Td>
              </Tr>
            )}
          </Tbody>
        );
      })}
    </DataTable>
  );
}
