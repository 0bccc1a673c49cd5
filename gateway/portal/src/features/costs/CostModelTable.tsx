import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { approaches, cheapest, type CostModel } from './costs';
import { count, words } from '@/shared/text/format';
import { money } from '@/shared/text/money';
import { TableFrame } from '@/shared/ui/DataTable';
import { Person } from '@/shared/ui/Person';
import { Time } from '@/shared/ui/Time';

interface CostModelTableProps {
  models: CostModel[];
  /** The id of the model that is shown in full above. */
  chosen: string | undefined;
}

/** The table of all cost models, newest first. */
export function CostModelTable({ models, chosen }: CostModelTableProps): ReactNode {
  return (
    <TableFrame aria-label="Cost models">
      <Thead>
        <Tr>
          <Th>Computed</Th>
          <Th>By</Th>
          <Th className="pl-number">Calls per month</Th>
          {approaches.map((approach) => (
            <Th key={approach} className="pl-number">
              {words(approach)}
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {models.map(({ costModelId, createdAt, author, monthlyVolume, totals }) => {
          const least = cheapest(totals);
          return (
            <Tr key={costModelId} isRowSelected={costModelId === chosen}>
              <Td dataLabel="Computed">
                <Link
                  to="/apps/$app"
                  from="/apps/$app"
                  search={(search) => ({ ...search, cost: costModelId })}
                  aria-current={costModelId === chosen}
                >
                  <Time at={createdAt} />
                </Link>
              </Td>
              <Td dataLabel="By">
                <Person actor={author} />
              </Td>
              <Td dataLabel="Calls per month" className="pl-number">
                {count(monthlyVolume)}
              </Td>
              {approaches.map((approach) => {
                const total = totals.find((one) => one.approach === approach);
                return (
                  <Td key={approach} dataLabel={words(approach)} className="pl-number">
                    {total &&
                      (least.includes(approach) ? <strong>{money(total.monthly)}</strong> : money(total.monthly))}
                  </Td>
                );
              })}
            </Tr>
          );
        })}
      </Tbody>
    </TableFrame>
  );
}
