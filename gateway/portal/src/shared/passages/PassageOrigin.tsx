import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { addressOf, type Passage } from '@/shared/passages/passages';
import { Time } from '@/shared/ui/Time';

interface PassageOriginProps {
  passage: Pick<Passage, 'documentId' | 'url' | 'publishedAt'>;
  /** The dataset version that has its document; undefined if it is not known. */
  source?: { dataset: string; version: number } | undefined;
}

/** The document of a passage, with its row, address and date of publication if known. */
export function PassageOrigin({ passage, source }: PassageOriginProps): ReactNode {
  const { documentId, url, publishedAt } = passage;
  const address = addressOf(url);
  return (
    <p className="pl-subtle pl-anywhere">
      Document <code>{documentId}</code>
      {source !== undefined && (
        <>
          {' · '}
          <Link
            to="/datasets/$name/versions/$version"
            params={{ name: source.dataset, version: String(source.version) }}
            search={{ document: documentId }}
            hash="items"
            aria-label={`${documentId}: its row in ${source.dataset} v${source.version}`}
          >
            its row in {source.dataset} v{source.version}
          </Link>
        </>
      )}
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
