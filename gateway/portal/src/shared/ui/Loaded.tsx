import { Skeleton } from '@patternfly/react-core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

interface LoadedProps<T> {
  query: UseQueryResult<T>;
  /** The name of the content that is loading, for screen readers. */
  what: string;
  rows?: number;
  children: (data: T) => ReactNode;
}

/**
 * The content of a panel once it is loaded. A failure stays inside the panel. Content that was loaded earlier stays
 * visible and is marked as old.
 */
export function Loaded<T>({ query, what, rows = 4, children }: LoadedProps<T>): ReactNode {
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <ProblemPanel error={query.error} onRetry={() => void query.refetch()} />}
        {children(query.data)}
      </>
    );
  }
  if (query.isError) return <ProblemPanel error={query.error} onRetry={() => void query.refetch()} />;
  return <Placeholder what={what} rows={rows} />;
}

/** A placeholder for content that is loading. */
export function Placeholder({ what, rows = 4 }: { what: string; rows?: number }): ReactNode {
  return (
    <div role="status" aria-label={`Loading ${what}`} className="pl-skeleton">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton
          key={row}
          width={`${92 - ((row * 17) % 40)}%`}
          screenreaderText={row === 0 ? `Loading ${what}` : undefined}
        />
      ))}
    </div>
  );
}
