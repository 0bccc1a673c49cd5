import { Content } from '@patternfly/react-core';
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
        <DataTable
          aria-label={`Items on which ${variant} differs`}
          rows={items}
          rowKey={(item) => item.itemId}
          columns={[
            {
              header: 'Item',
              cell: (item) => (
                <Link to="/runs/$run" params={{ run: runId }}>
                  {item.itemId}
                </Link>
              ),
            },
            { header: 'Expected label', cell: (item) => item.label ?? '—' },
            { header: baseline, cell: (item) => item.baselinePrediction ?? '—' },
            { header: variant, cell: (item) => item.prediction ?? '—' },
            { header: 'Scores', cell: (item) => changes(item) },
          ]}
        />
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
