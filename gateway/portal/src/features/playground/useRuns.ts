import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { isOpen, waiting, type Answer } from './answer';
import { Unsendable, type Board } from './board';
import { requestOf } from './calls';
import { complete } from './complete';
import { metered, variablesQuery } from './playground';
import { Problem } from '@/shared/http/problem';
import { may, useSession } from '@/shared/session/session';

/** The interval between updates of the shown answer, in milliseconds. Nobody reads faster. */
const SHOWN_EVERY = 60;

interface Runs {
  running: boolean;
  run: () => void;
  /** Ends the requests. The text that has arrived stays. */
  stop: () => void;
}

/** Runs all columns in parallel, and reports their answers by column id. */
export function useRuns(board: Board, onAnswers: (answers: Record<string, Answer>) => void): Runs {
  const queries = useQueryClient();
  const seesPassages = may(useSession(), 'prompt-engineer', 'ml-engineer');
  const [running, setRunning] = useState(false);
  const current = useRef<AbortController>(undefined);
  const closed = useRef<AbortController>(undefined);
  useEffect(() => {
    const closing = new AbortController();
    closed.current = closing;
    return () => {
      closing.abort();
      current.current?.abort();
    };
  }, []);

  const run = async () => {
    current.current?.abort();
    const started = new AbortController();
    current.current = started;
    const show = inBatches(onAnswers);
    const meter = async (id: string, answer: Answer) => {
      if (answer.cost !== undefined || closed.current === undefined) return;
      const known = await metered(answer, closed.current.signal);
      if (current.current === started && !closed.current.signal.aborted) onAnswers({ [id]: known });
    };
    setRunning(true);
    onAnswers(Object.fromEntries(board.columns.map(({ id, model }) => [id, waiting(model)])));
    await Promise.all(
      board.columns.map(async (column) => {
        const answer = await complete({
          model: column.model,
          request: async () => {
            try {
              return await requestOf(column, board, await queries.fetchQuery(variablesQuery(column)));
            } catch (error) {
              throw error instanceof Unsendable ? unsendable(error) : error;
            }
          },
          passages: seesPassages && column.model.startsWith('variant/'),
          signal: started.signal,
          // Ignore reports of an earlier run.
          onProgress: (next) => current.current === started && show(column.id, next),
        });
        void meter(column.id, answer);
      }),
    );
    if (current.current === started) setRunning(false);
  };
  return { running, run: () => void run(), stop: () => current.current?.abort() };
}

function unsendable({ message }: Unsendable): Problem {
  return new Problem({ type: 'about:blank', title: 'This cannot be sent', status: 0, detail: message });
}

/** Batches updates. A final state is shown at once, because no later update would show it. */
function inBatches(onAnswers: (answers: Record<string, Answer>) => void): (id: string, answer: Answer) => void {
  let gathered: Record<string, Answer> = {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    onAnswers(gathered);
    gathered = {};
  };
  return (id, answer) => {
    gathered = { ...gathered, [id]: answer };
    if (!isOpen(answer)) flush();
    else timer ??= setTimeout(flush, SHOWN_EVERY);
  };
}
