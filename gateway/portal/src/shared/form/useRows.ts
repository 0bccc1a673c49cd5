import { useEffect, useId, useRef, useState } from 'react';

/** A list that is edited row by row, such as a field array. */
interface List {
  /** Inserts a row. Without it, rows are added only at the end. */
  insert?: ((index: number) => void) | undefined;
  append: () => void;
  /** Moves a row. Without it, the order of rows has no meaning. */
  move?: ((from: number, to: number) => void) | undefined;
  remove: (index: number) => void;
}

export interface Rows {
  /** The id of the element whose children are the rows. */
  listId: string;
  /** The id of the button that adds a row. */
  addId: string;
  count: number;
  /** The announcement for screen readers after a row has moved. */
  announcement: string;
  append: () => void;
  insert: ((index: number) => void) | undefined;
  move: ((index: number, by: Direction, what: string) => void) | undefined;
  remove: (index: number) => void;
}

export type Direction = 'up' | 'down';

/** The targets of the focus after a change. The first that exists gets it. */
interface Wanted {
  row: number;
  selectors: string[];
}

const field = 'textarea, input';

/**
 * Rows that are added, moved and removed by buttons of their own. The focus goes to the first field of a new row, stays
 * on the button of one that moved, and goes to the row that takes the place of one that was removed.
 */
export function useRows(count: number, list: List): Rows {
  const listId = useId();
  const addId = useId();
  const wanted = useRef<Wanted>(undefined);
  const [announcement, announce] = useState('');

  useEffect(() => {
    if (wanted.current === undefined) return;
    const { row, selectors } = wanted.current;
    wanted.current = undefined;
    const shown = document.getElementById(listId)?.children[row];
    const target = selectors.map((selector) => shown?.querySelector<HTMLElement>(selector)).find((one) => one != null);
    (target ?? document.getElementById(addId))?.focus();
  });

  return {
    listId,
    addId,
    count,
    announcement,
    append: () => {
      wanted.current = { row: count, selectors: [field, 'button'] };
      list.append();
    },
    insert:
      list.insert &&
      ((index) => {
        wanted.current = { row: index, selectors: [field, 'button'] };
        list.insert?.(index);
      }),
    move:
      list.move &&
      ((index, by, what) => {
        const to = by === 'up' ? index - 1 : index + 1;
        if (to < 0 || to >= count) return;
        wanted.current = { row: to, selectors: [`[data-move="${by}"]`] };
        announce(`${what} is now number ${to + 1} of ${count}.`);
        list.move?.(index, to);
      }),
    remove: (index) => {
      wanted.current = { row: Math.min(index, count - 2), selectors: [field, 'button'] };
      list.remove(index);
    },
  };
}

/** Returns the list with a row moved. */
export function moved<Row>(rows: Row[], from: number, to: number): Row[] {
  return rows.toSpliced(from, 1).toSpliced(to, 0, ...rows.slice(from, from + 1));
}
