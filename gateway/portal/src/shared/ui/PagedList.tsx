import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loaded } from '@/shared/ui/Loaded';
import { Pager, type Page } from '@/shared/ui/Pager';

interface PagedListProps<T> {
  query: UseQueryResult<Page<T>>;
  /** What is listed, in the plural. */
  what: string;
  rows?: number;
  /** Shown in place of a list without items. */
  empty: ReactNode;
  /** The token in the address; absent on the first page. */
  token: string | undefined;
  onToken: (token: string | undefined) => void;
  children: (items: T[]) => ReactNode;
}

/** One page of a list with its pager, or what stands in its place while it is empty, loading or failed. */
export function PagedList<T>({ query, what, rows, empty, token, onToken, children }: PagedListProps<T>): ReactNode {
  return (
    <Loaded query={query} what={what} rows={rows}>
      {(page) =>
        page.items.length === 0 && page.nextPageToken == null ? (
          empty
        ) : (
          <>
            {page.items.length === 0 ? (
              <p>None on this page. The search goes on with the next.</p>
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
