import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loaded } from '@/shared/ui/Loaded';
import { Pager, type Page } from '@/shared/ui/Pager';

interface PagedListProps<T> {
  query: UseQueryResult<Page<T>>;
  /** The name of the listed items, in the plural. */
  what: string;
  rows?: number;
  /** The content shown instead of an empty list. */
  empty: ReactNode;
  /** The token in the address; absent on the first page. */
  token: string | undefined;
  onToken: (token: string | undefined) => void;
  children: (items: T[]) => ReactNode;
}

/** One page of a list with its pager, or its empty, loading or failed state. */
export function PagedList<T>({ query, what, rows, empty, token, onToken, children }: PagedListProps<T>): ReactNode {
  return (
    <Loaded query={query} what={what} rows={rows}>
      {(page) =>
        page.items.length === 0 && page.nextPageToken == null ? (
          empty
        ) : (
          <>
            {page.items.length === 0 ? (
              <p>No matches on this page. The search continues on the next one.</p>
            ) : (
              children(page.items)
            )}
            <Pager page={page} token={token} onToken={onToken} />
          </>
        )
      }
    </Loaded>
  );
}
