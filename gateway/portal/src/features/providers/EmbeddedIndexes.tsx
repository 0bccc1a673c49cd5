import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { embeddedIndexesQuery } from './providers';
import { totalOf } from '@/shared/text/format';
import { Loaded } from '@/shared/ui/Loaded';

/** The newest indexes whose encoder uses a connection. Empty without one. */
export function EmbeddedIndexes({ connectionDigest }: { connectionDigest: string }): ReactNode {
  return (
    <Loaded query={useQuery(embeddedIndexesQuery(connectionDigest))} what="the indexes it embeds" rows={1}>
      {({ items, total }) =>
        items.length > 0 && (
          <p>
            Embeds for {total.value === 1 ? 'the index' : `${totalOf(total)} indexes, the newest`}{' '}
            {items.map(({ indexId, name }, at) => (
              <span key={indexId}>
                {at > 0 && ', '}
                <Link to="/indexes/$index" params={{ index: indexId }}>
                  {name}
                </Link>
              </span>
            ))}
            .
          </p>
        )
      }
    </Loaded>
  );
}
