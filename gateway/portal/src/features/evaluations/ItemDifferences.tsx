import { Content } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { differencesQuery, type ItemDifference } from './evaluations';
import { metricName, metricValue } from '@/shared/text/metrics';
import { DataTable } from '@/shared/ui/DataTable';
import { PagedList } from '@/shared/ui/PagedList';

interface ItemDifferencesProps {
  comparisonId: string;
  runId: string;
  variant: string;
  baseline: string;
}

/** The items that one of two variants answered better than the other. */
export function ItemDifferences({ comparisonId, runId, variant, baseline }: ItemDifferencesProps): ReactNode {
  const [token, turn] = useState<string>();
  return (
    <PagedList
      query={useQuery(differencesQuery(comparisonId, runId, token))}
      what="items"
      token={token}
      onToken={turn}
      empty={
        <Content component="p">
          {variant} and {baseline} have the same score on every item.
        </Content>
      }
    >
      {(items) => (
        <DataTable aria-label={`Items on which ${variant} differs`}>
          <Thead>
            <Tr>
              <Th>Item</Th>
              <Th>Expected label</Th>
              <Th>{baseline}</Th>
              <Th>{variant}</Th>
              <Th>Scores</Th>
            </Tr>
          </Thead>
          <Tbody>
            {items.map((item) => (
              <Tr key={item.itemId}>
                <Td dataLabel="Item">
                  <Link to="/runs/$run" params={{ run: runId }}>
                    {item.itemId}
                  </Link>
                </Td>
                <Td dataLabel="Expected label">{item.label ?? '—'}</Td>
                <Td dataLabel={baseline}>{item.baselinePrediction ?? '—'}</Td>
                <Td dataLabel={variant}>{item.prediction ?? '—'}</Td>
                <Td dataLabel="Scores">{changes(item)}</Td>
              </Tr>
            ))}
          </Tbody>
        </DataTable>
      )}
    </PagedList>
  );
}

function changes({ scores }: ItemDifference): string {
  return Object.entries(scores)
    .filter(([, { difference }]) => difference !== 0)
    .map(
      ([scorer, { baseline, score }]) =>
        `${metricName(scorer)} ${metricValue(scorer, baseline)} → ${metricValue(scorer, score)}`,
    )
    .join(', ');
}
