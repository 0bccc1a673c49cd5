import { Button, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ItemRow, type Columns } from './ItemRow';
import {
  itemsQuery,
  type ItemFilter,
  type ListedRunItem,
  type Run,
  type ScoreBelow,
  type Shown,
  type Suite,
} from './runs';
import { ScoreFilter } from './ScoreFilter';
import { WaitingCorrections } from './WaitingCorrections';
import { TableFrame } from '@/shared/ui/DataTable';
import { Empty, NoResults } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';

const filters: Record<Shown, string> = {
  all: 'All',
  wrong: 'Incorrect only',
  abstained: 'Abstained',
  unlabelled: 'No label',
  disagreements: 'Inconsistent',
};

/** The answers of a run, all or filtered. */
export function ItemsPanel({ run, suite }: { run: Run; suite: Suite | undefined }): ReactNode {
  const { items, scorer, below, label, prediction, page: token, ...others } = useSearch({ from: '/runs/$run' });
  const navigate = useNavigate({ from: '/runs/$run' });
  const shown: Shown = items !== undefined && items in filters ? (items as Shown) : 'all';
  const filter: ItemFilter =
    shown === 'disagreements' ? { shown } : { shown, score: scoreOf(scorer, below), label, prediction };
  const isFiltered = shown !== 'all' || [filter.score, filter.label, filter.prediction].some(Boolean);
  const search = { ...others, items, scorer, below, label, prediction };
  const cell = [
    filter.label !== undefined && `the expected label ${filter.label}`,
    filter.prediction !== undefined && `the answer ${filter.prediction}`,
  ].filter(Boolean);
  const showAll = () => void navigate({ search: others, resetScroll: false });
  return (
    <>
      <ToggleGroup aria-label="Which answers" className="pl-metrics">
        {(Object.keys(filters) as Shown[])
          .filter((one) => one !== 'unlabelled' || run.confusion != null)
          .map((one) => (
            <ToggleGroupItem
              key={one}
              text={filters[one]}
              isSelected={one === shown}
              onChange={() =>
                void navigate({
                  // An answer without a label has no prediction.
                  search: { ...search, items: one, prediction: one === 'unlabelled' ? undefined : prediction },
                  resetScroll: false,
                })
              }
            />
          ))}
      </ToggleGroup>
      {cell.length > 0 && (
        <p>
          Only what the confusion matrix counts with {cell.join(' and ')}.{' '}
          <Button variant="link" isInline onClick={showAll}>
            Show all answers
          </Button>
        </p>
      )}
      {shown !== 'disagreements' && (
        <ScoreFilter
          key={`${scorer} ${below}`}
          runId={run.runId}
          score={filter.score}
          onScore={(next) =>
            void navigate({
              search: { ...others, items, label, prediction, scorer: next?.scorer, below: next && String(next.below) },
              resetScroll: false,
            })
          }
        />
      )}
      {suite !== undefined && <WaitingCorrections suite={suite} />}
      <PagedList
        query={useQuery(itemsQuery(run.runId, filter, token))}
        what="answers"
        token={token}
        onToken={(next) => void navigate({ search: { ...search, page: next } })}
        empty={
          isFiltered ? (
            <NoResults onClear={showAll} />
          ) : (
            <Empty title="No answers yet">Answers appear here as they arrive.</Empty>
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
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [reached, setReached] = useState<string>();
  const answered = items.filter((item) => item.answered).map(keyOf);
  const toggle = (key: string, opened: boolean) =>
    setOpen((before) => new Set(opened ? [...before, key] : [...before].filter((one) => one !== key)));
  const step = (from: string, to: string | undefined) =>
    to === undefined
      ? undefined
      : () => {
          toggle(from, false);
          toggle(to, true);
          setReached(to);
        };
  const columns: Columns = {
    expected: items.some(({ expected, label }) => expected != null || label != null),
    confidence: items.some(({ confidence }) => confidence != null),
    perturbation: items.some(({ perturbation }) => perturbation !== 'NONE'),
  };
  return (
    <TableFrame aria-label="Answers">
      <Thead>
        <Tr>
          <Th width={30}>Question</Th>
          {columns.expected && <Th width={15}>Expected</Th>}
          <Th width={25}>Answer</Th>
          {columns.confidence && <Th className="pl-number">Confidence</Th>}
          <Th>Result</Th>
          {columns.perturbation && <Th>Perturbation</Th>}
          <Th className="pl-number">Latency</Th>
        </Tr>
      </Thead>
      {items.map((item) => {
        const key = keyOf(item);
        const place = answered.indexOf(key);
        return (
          <ItemRow
            key={key}
            runId={runId}
            item={item}
            suite={suite}
            columns={columns}
            withOutput={open.has(key)}
            onOutput={(opened) => toggle(key, opened)}
            steps={{ previous: step(key, answered[place - 1]), next: step(key, answered[place + 1]) }}
            focused={reached === key}
          />
        );
      })}
    </TableFrame>
  );
}

function keyOf({ ordinal, perturbation }: ListedRunItem): string {
  return `${ordinal} ${perturbation}`;
}
