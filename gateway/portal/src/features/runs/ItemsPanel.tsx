import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ItemText } from './ItemText';
import { itemsQuery, suiteQuery, type Run, type RunItem, type Shown, type Suite } from './runs';
import { words } from '@/shared/text/format';
import { metricValue } from '@/shared/text/metrics';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty, NoResults } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';
import { StateLabel } from '@/shared/ui/StateLabel';

const filters: Record<Shown, string> = { all: 'All', wrong: 'Incorrect only', disagreements: 'Inconsistent' };

/** Every answer, or only those worth a look. */
export function ItemsPanel({ run: { runId: id, suiteDigest } }: { run: Run }): ReactNode {
  const suite = useQuery(suiteQuery(suiteDigest)).data;
  const { items, page: token } = useSearch({ from: '/runs/$run' });
  const navigate = useNavigate({ from: '/runs/$run' });
  const shown: Shown = items !== undefined && items in filters ? (items as Shown) : 'all';
  return (
    <>
      <ToggleGroup aria-label="Which answers" className="pl-metrics">
        {(Object.keys(filters) as Shown[]).map((filter) => (
          <ToggleGroupItem
            key={filter}
            text={filters[filter]}
            isSelected={filter === shown}
            onChange={() => void navigate({ search: { items: filter } })}
          />
        ))}
      </ToggleGroup>
      <PagedList
        query={useQuery(itemsQuery(id, shown, token))}
        what="answers"
        token={token}
        onToken={(next) => void navigate({ search: { items, page: next } })}
        empty={
          shown === 'all' ? (
            <Empty title="No answers yet">Answers appear here as they arrive.</Empty>
          ) : (
            <NoResults onClear={() => void navigate({ search: {} })} />
          )
        }
      >
        {(answers) => <ItemTable items={answers} suite={suite} />}
      </PagedList>
    </>
  );
}

function ItemTable({ items, suite }: { items: RunItem[]; suite: Suite | undefined }): ReactNode {
  return (
    <DataTable aria-label="Answers">
      <Thead>
        <Tr>
          <Th>Item</Th>
          <Th>Expected label</Th>
          <Th>Answer</Th>
          <Th>Correct</Th>
          <Th>Perturbation</Th> <Th className="pl-number">Latency</Th>
        </Tr>
      </Thead>
      <Tbody>
        {items.map(({ itemId, ordinal, perturbation, label, prediction, answered, error, latencyMillis, reused }) => (
          <Tr key={`${ordinal} ${perturbation}`}>
            <Td dataLabel="Item">
              <ItemText itemId={itemId} suite={suite} />
            </Td>
            <Td dataLabel="Expected label">{label}</Td>
            <Td dataLabel="Answer">
              {prediction ?? <span className="pl-subtle">{error ?? 'none of the labels'}</span>}
              {reused && <span className="pl-subtle"> (reused from an earlier run)</span>}
            </Td>
            <Td dataLabel="Correct">
              <StateLabel state={answered ? (prediction === label ? 'CORRECT' : 'INCORRECT') : 'NO_ANSWER'} />
            </Td>
            <Td dataLabel="Perturbation">{perturbation === 'NONE' ? '' : words(perturbation)}</Td>
            <Td dataLabel="Latency" className="pl-number">
              {answered && metricValue('latency_ms', latencyMillis)}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}
