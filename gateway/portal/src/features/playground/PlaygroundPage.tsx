import { Button, Flex, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useRef, useState, type ReactNode } from 'react';
import { isOpen, type Answer } from './answer';
import {
  blockedBy,
  letters,
  MAX_COLUMNS,
  newColumn,
  typedMessage,
  withVariables,
  type Board,
  type Column,
} from './board';
import { ColumnCard } from './ColumnCard';
import { ConversationCard, partsOf } from './ConversationCard';
import { keptBoard, useBoard } from './useBoard';
import { useRuns } from './useRuns';
import { contentQuery, type TraceContent } from '@/shared/data/traces';
import { requestIn } from '@/shared/items/request';
import { itemQuery, typed, variablesOf, type Item } from '@/shared/items/items';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';

/** Sends the same conversation to up to four models or variants, side by side. */
export function PlaygroundPage(): ReactNode {
  // The ids in the address when the page was opened. From then on the address follows the choices.
  const { trace, item, ...ids } = useSearch({ from: '/playground' });
  const [opened] = useState({ trace, item, board: keptBoard({ ...ids, ...(item !== undefined && { item }) }) });
  return (
    <>
      <PageHeader
        title="Playground"
        description={
          'Ask up to four models or variants the same question, side by side. Each call costs money and ' +
          'leaves a trace, like any other request.'
        }
      />
      <PageSection isFilled>
        <Opened {...opened} />
      </PageSection>
    </>
  );
}

function Opened({ trace, item, board }: { trace?: string; item?: string; board: Board }): ReactNode {
  if (trace !== undefined) return <FromTrace trace={trace} board={board} />;
  if (item !== undefined && item !== board.item) return <FromItem reference={item} board={board} />;
  return <Playground start={board} />;
}

/**
 * The playground with the stored request of a trace. Reading it is recorded, so it is then removed from the address.
 */
function FromTrace({ trace, board }: { trace: string; board: Board }): ReactNode {
  return (
    <Loaded query={useQuery(contentQuery(trace))} what="the contents of the trace">
      {(content) => <Playground start={withContent(board, content)} />}
    </Loaded>
  );
}

function withContent(board: Board, content: TraceContent): Board {
  const { messages, variables } = requestIn(content);
  return withVariables(
    {
      ...board,
      conversation: messages.length === 0 ? [{ role: 'user', content: '' }] : messages.map(typedMessage),
      tools: '',
      item: '',
    },
    typed(variables),
  );
}

/** Returns the board with the conversation of an item, and with its variables if it has any. */
function takenInto(board: Board, item: Item, reference: string): Board {
  const taken = { ...board, ...partsOf(item, reference) };
  const variables = variablesOf(item);
  return variables.length === 0 ? taken : withVariables(taken, variables);
}

function FromItem({ reference, board }: { reference: string; board: Board }): ReactNode {
  const [dataset = '', version = '', itemId = ''] = reference.split('/');
  return (
    <Loaded query={useQuery(itemQuery(dataset, Number(version), itemId))} what="the item">
      {({ item }) => <Playground start={takenInto(board, item, reference)} />}
    </Loaded>
  );
}

function Playground({ start }: { start: Board }): ReactNode {
  const [board, change] = useBoard(start);
  const answered = (answers: Record<string, Answer>) =>
    change((now) => ({ ...now, answers: { ...now.answers, ...answers } }));
  const below = useRef<HTMLDivElement>(null);
  const { running, run, stop } = useRuns(board, answered);
  const blocked = blockedBy(board);
  const begin = () => {
    if (running || blocked !== undefined) return;
    run();
    below.current?.scrollIntoView?.({ block: 'start' });
  };
  const { columns, answers } = board;
  const set = (next: Column[]) =>
    change((now) => ({
      ...now,
      columns: next,
      answers: Object.fromEntries(Object.entries(now.answers).filter(([id]) => next.some((one) => one.id === id))),
    }));
  return (
    <div className="pl-stack">
      <ConversationCard
        board={board}
        onChange={(parts) => change((now) => ({ ...now, ...parts }))}
        onItem={(item, reference) => change((now) => takenInto(now, item, reference))}
        onRun={begin}
      />
      <Flex alignItems={{ default: 'alignItemsCenter' }}>
        <Button
          isLoading={running}
          isAriaDisabled={running || blocked !== undefined}
          aria-describedby={blocked === undefined ? undefined : 'run-blocked'}
          onClick={begin}
        >
          Run
        </Button>
        <Button variant="secondary" isAriaDisabled={!running} onClick={stop}>
          Stop
        </Button>
        <Button
          variant="secondary"
          isAriaDisabled={columns.length >= MAX_COLUMNS}
          onClick={() => columns.length < MAX_COLUMNS && set([...columns, newColumn()])}
        >
          Add a column
        </Button>
        {blocked !== undefined && (
          <span id="run-blocked" className="pl-subtle">
            {blocked}
          </span>
        )}
      </Flex>
      <p role="status" className="pf-v6-screen-reader">
        {summary(columns, answers)}
      </p>
      <div className="pl-columns" ref={below}>
        {columns.map((column, index) => (
          <ColumnCard
            key={column.id}
            letter={letters[index] ?? ''}
            column={column}
            conversation={board.conversation}
            tools={board.tools}
            answer={answers[column.id]}
            onChange={(changed) =>
              change((now) => ({
                ...now,
                columns: now.columns.map((one) => (one.id === column.id ? { ...one, ...changed } : one)),
              }))
            }
            onDuplicate={
              columns.length < MAX_COLUMNS
                ? () => set(columns.toSpliced(index + 1, 0, { ...column, id: crypto.randomUUID() }))
                : undefined
            }
            onRemove={columns.length > 1 ? () => set(columns.filter(({ id }) => id !== column.id)) : undefined}
          />
        ))}
      </div>
    </div>
  );
}

/** Returns the states of the columns for screen readers, which would read the answers out piece by piece. */
function summary(columns: Column[], answers: Record<string, Answer>): string {
  return columns
    .flatMap(({ id }, index) => {
      const answer = answers[id];
      return answer === undefined
        ? []
        : [`Column ${letters[index] ?? ''} ${isOpen(answer) ? 'running' : answer.phase}.`];
    })
    .join(' ');
}
