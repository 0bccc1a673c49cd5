import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import { approaches, costLines, lineName, type CostEntry } from './costs';
import { words } from '@/shared/text/format';
import { money } from '@/shared/text/money';
import { TableFrame } from '@/shared/ui/DataTable';

/** The figures of a cost model with their sources. */
export function CostFigures({ lines }: { lines: CostEntry[] }): ReactNode {
  const counting = lines.filter(({ monthly, perRequest }) => monthly > 0 || perRequest > 0);
  return (
    <TableFrame aria-label="Figures of the cost model">
      <Thead>
        <Tr>
          <Th>Line</Th>
          {approaches.map((approach) => (
            <Th key={approach}>{words(approach)}</Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {costLines
          .filter((line) => counting.some((entry) => entry.line === line))
          .map((line) => (
            <Tr key={line}>
              <Td dataLabel="Line">{lineName(line)}</Td>
              {approaches.map((approach) => (
                <Td key={approach} dataLabel={words(approach)}>
                  <Figure entry={counting.find((entry) => entry.line === line && entry.approach === approach)} />
                </Td>
              ))}
            </Tr>
          ))}
      </Tbody>
    </TableFrame>
  );
}

function Figure({ entry }: { entry: CostEntry | undefined }): ReactNode {
  if (entry === undefined) return '—';
  const { monthly, perRequest, source } = entry;
  return (
    <>
      {[monthly > 0 && `${usd(monthly)} per month`, perRequest > 0 && `${usd(perRequest)} per call`]
        .filter(Boolean)
        .join(', ')}
      <div className="pl-subtle pl-anywhere">{source}</div>
    </>
  );
}

function usd(amount: number): string {
  return money({ amount: String(amount), currency: 'USD' });
}
