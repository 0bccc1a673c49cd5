import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import type { BreakEven } from './costs';
import { count, words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';

interface BreakEvenTableProps {
  breakEven: BreakEven[];
  maxVolume: number;
}

/** Each pair once: which is cheaper at first, and from which volume on the other is. */
export function BreakEvenTable({ breakEven, maxVolume }: BreakEvenTableProps): ReactNode {
  return (
    <DataTable aria-label="Break-even points">
      <Thead>
        <Tr>
          <Th>Cheaper at low volume</Th>
          <Th>Against</Th>
          <Th className="pl-number">Break-even, calls per month</Th>
        </Tr>
      </Thead>
      <Tbody>
        {breakEven.map(({ below, above, monthlyVolume, note }) => (
          <Tr key={`${below} ${above}`}>
            <Td dataLabel="Cheaper at low volume">{words(below)}</Td>
            <Td dataLabel="Against">{words(above)}</Td>
            <Td dataLabel="Break-even, calls per month" className="pl-number">
              {monthlyVolume == null ? (
                <span className="pl-subtle">
                  {inRange(note) ? `${words(below)} stays cheaper up to ${count(maxVolume)}` : `${words(below)} is cheaper at every volume`}
                </span>
              ) : (
                count(monthlyVolume)
              )}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}

/** Whether the two cross at all, though beyond the volumes considered. */
function inRange(note: string): boolean {
  return note.startsWith('no crossover in range');
}
