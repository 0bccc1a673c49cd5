import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ItemRow, type Columns } from './ItemRow';
import { itemsQuery, type ListedRunItem, type Run, type ScoreBelow, type Shown, type Suite } from './runs';
import { ScoreFilter } from './ScoreFilter';
import { TableFrame } from '@/shared/ui/DataTable';
import { Empty, NoResults } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';

const filters: Record<Shown, string> = {
  all: 'All',
  wrong: 'Incorrect only',
  abstained: 'Abstained',
  disagreements: 'Inconsistent',
};

/** The answers of a run, all or filtered. */
export function ItemsPanel({ run, suite }: { run: Run; suite: Suite | undefined }): ReactNode {
  const { items, scorer, below, page: token, ...others } = useSearch({ from: '/runs/$run' });
  const navigate = useNavigate({ from: '/runs/$run' });
  const shown: Shown = items !== undefined && items in filters ? (items as Shown) : 'all';
  const score = shown === 'disagreements' ? undefined : scoreOf(scorer, below);
  const search = { ...others, items, scorer, below };
  return (
    <>
      <ToggleGroup aria-label="Which answers" className="pl-metrics">
        {(Object.keys(filters) as Shown[]).map((filter) => (
          <ToggleGroupItem
            key={filter}
            text={filters[filter]}
            isSelected={filter === shown}
            onChange={() => void navigate({ search: { ...search, items: filter }, resetScroll: false })}
          />
        ))}
      </ToggleGroup>
      {shown !== 'disagreements' && (
        <ScoreFilter
          key={`${scorer} ${below}`}
          runId={run.runId}
          score={score}
          onScore={(next) =>
            void navigate({
              search: { ...others, items, scorer: next?.scorer, below: next && String(next.below) },
              resetScroll: false,
            })
          }
        />
      )}
      <PagedList
        query={useQuery(itemsQuery(run.runId, shown, score, token))}
        what="answers"
        token={token}
        onToken={(next) => void navigate({ search: { ...search, page: next } })}
        empty={
          shown === 'all' && score === undefined ? (
            <Empty title="No answers yet">Answers appear here as they arrive.</Empty>
          ) : (
            <NoResults onClear={() => void navigate({ search: others })} />
          )
        }
      >
        {(answers) => <ItemTable runId={run.runId} items={answers} suite={suite} />}
      </PagedList>
    </>
  );
}

/** Returns the score filter from the address; undefined unless both parts are present. */
function scoreOf(scorer: string | undefined, below: string | undefined): ScoreBelow | undefined {
  const value = Number(below);
  return scorer === undefined || below === undefined || !Number.isFinite(value) ? undefined : { scorer, below: value };
}

interface ItemTableProps {
  runId: string;
  items: ListedRunItem[];
  suite: Suite | undefined;
}

function ItemTable({ runId, items, suite }: ItemTableProps): ReactNode {
  const columns: Columns = {
    label: items.some(({ label }) => label != null),
    confidence: items.some(({ confidence }) => confidence != null),
  };
  return (
    <TableFrame aria-label="Answers">
      <Thead>
        <Tr>
          <Th>Item</Th>
          {columns.label && <Th>Expected label</Th>}
          <Th>Answer</Th>
          {columns.confidence && <Th className="pl-number">Confidence</Th>}
          <Th>Correct</Th>
          <Th>Scores</Th>
          <Th>Perturbation</Th>
          <Th className="pl-number">Latency</Th>
        </Tr>
      </Thead>
      {items.map((item) => (
        <ItemRow
          key={`${item.ordinal} ${item.perturbation}`}
          runId={runId}
          item={item}
          suite={suite}
          columns={columns}
        />
      ))}
    </TableFrame>
  );
}
