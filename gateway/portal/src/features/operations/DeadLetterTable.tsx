import { ExpandableRowContent, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { eventName, type DeadLetter, type Service } from './deadLetters';
import { DeadLetterDetail } from './DeadLetterDetail';
import { TableFrame } from '@/shared/ui/DataTable';
import { RoleButton } from '@/shared/ui/RoleButton';
import { Time } from '@/shared/ui/Time';

interface DeadLetterTableProps {
  service: Service;
  letters: DeadLetter[];
  onReplay: (letter: DeadLetter) => void;
}

/**
 * The dead letters of a service, oldest first, as they are applied. The address names the open one as service.number.
 */
export function DeadLetterTable({ service, letters, onReplay }: DeadLetterTableProps): ReactNode {
  const { letter: opened } = useSearch({ from: '/ops/dead-letters' });
  const navigate = useNavigate({ from: '/ops/dead-letters' });
  const open = (letter: string | undefined) =>
    void navigate({ search: (search) => ({ ...search, letter }), replace: true, resetScroll: false });
  return (
    <TableFrame aria-label={`Dead letters of ${service}`}>
      <Thead>
        <Tr>
          <Th screenReaderText="Open the dead letter" />
          <Th>Event</Th>
          <Th>About</Th>
          <Th>Cause</Th>
          <Th>Failed</Th>
          <Th screenReaderText="Actions" />
        </Tr>
      </Thead>
      {letters.map((letter, rowIndex) => {
        const { deadLetterId, source, type, key, cause, failedAt } = letter;
        const name = `${service}.${deadLetterId}`;
        const isExpanded = name === opened;
        return (
          <Tbody key={deadLetterId} isExpanded={isExpanded}>
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
              <Td dataLabel="Failed">
                <Time at={failedAt} />
              </Td>
              <Td dataLabel="Actions" isActionCell>
                <RoleButton
                  roles={['sre']}
                  size="sm"
                  variant="secondary"
                  aria-label={`Replay ${eventName(type)} about ${key}`}
                  onClick={() => onReplay(letter)}
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
                    <DeadLetterDetail service={service} letter={letter} />
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
