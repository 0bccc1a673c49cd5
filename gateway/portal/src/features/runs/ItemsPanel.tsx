import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ItemOutput } from './ItemOutput';
import { ItemScores } from './ItemScores';
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
        {(answers) => <ItemTable runId={id} items={answers} suite={suite} />}
      </PagedList>
    </>
  );
}

function correctness({ answered, scores }: RunItem): string {
  if (!answered) {
    return 'NO_ANSWER';
  }
  return Object.values(scores).every(({ score }) => score >= 1) ? 'CORRECT' : 'INCORRECT';
}

interface ItemTableProps {
  runId: string;
  items: RunItem[];
  suite: Suite | undefined;
}

function ItemTable({ runId, items, suite }: ItemTableProps): ReactNode {
  const labelled = items.some(({ label }) => label != null);
  return (
    <DataTable aria-label="Answers">
      <Thead>
        <Tr>
          <Th>Item</Th>
          {labelled && <Th>Expected label</Th>}
          <Th>Answer</Th>
          <Th>Correct</Th>
          <Th>Scores</Th>
          <Th>Perturbation</Th> <Th className="pl-number">Latency</Th>
        </Tr>
      </Thead>
      <Tbody>
        {items.map((item) => (
          <Tr key={`${item.ordinal} ${item.perturbation}`}>
            <Td dataLabel="Item">
              <ItemText itemId={item.itemId} suite={suite} />
            </Td>
            {labelled && <Td dataLabel="Expected label">{item.label}</Td>}
            <Td dataLabel="Answer">
              <ItemOutput runId={runId} item={item} />
              {item.reused && <span className="pl-subtle"> (reused from an earlier run)</span>}
            </Td>
            <Td dataLabel="Correct">
              <StateLabel state={correctness(item)} />
            </Td>
            <Td dataLabel="Scores">
              <ItemScores scores={item.scores} />
            </Td>
            <Td dataLabel="Perturbation">{item.perturbation === 'NONE' ? '' : words(item.perturbation)}</Td>
            <Td dataLabel="Latency" className="pl-number">
              {item.answered && metricValue('latency_ms', item.latencyMillis)}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}
