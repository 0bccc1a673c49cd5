import type { ReactNode } from 'react';
import { addressOf, type Passage } from '@/shared/passages/passages';
import { Time } from '@/shared/ui/Time';

/** The document that a passage is of, with its address where it has one, and how fresh it is. */
export function PassageOrigin({ passage: { documentId, url, publishedAt } }: { passage: Passage }): ReactNode {
  const address = addressOf(url);
  return (
    <p className="pl-subtle pl-anywhere">
      Document <code>{documentId}</code>
      {address !== undefined && (
        <>
          {' · '}
          <a href={address} target="_blank" rel="noopener noreferrer">
            {address}
          </a>
        </>
      )}
      {publishedAt != null && (
        <>
          {' · published '}
          <Time at={publishedAt} />
        </>
      )}
    </p>
  );
}
