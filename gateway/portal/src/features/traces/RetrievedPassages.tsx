import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Retrieved } from './retrieval';
import { passagesQuery } from './traces';
import { upstreamQuery, type Upstream } from '@/shared/lineage/lineage';
import { PassageOrigin } from '@/shared/passages/PassageOrigin';
import { headingOf } from '@/shared/passages/passages';
import { PassageText } from '@/shared/passages/PassageText';
import { Loaded } from '@/shared/ui/Loaded';

/** The texts and rows of a step's passages, read from the index. */
export function RetrievedPassages({ retrieved }: { retrieved: Retrieved }): ReactNode {
  return (
    <Loaded query={useQuery(upstreamQuery(retrieved.indexDigest))} what="the index" rows={2}>
      {(upstream) => {
        const indexId = upstream.nodes.find(({ kind }) => kind === 'INDEX')?.indexId;
        return indexId == null ? (
          <p>The data lineage does not have this index yet, so its passages cannot be shown. Try again in a minute.</p>
        ) : (
          <Passages indexId={indexId} ids={retrieved.passages} source={upstream.subsets[0]} />
        );
      }}
    </Loaded>
  );
}

interface PassagesProps {
  indexId: string;
  ids: string[];
  source: Upstream['subsets'][number] | undefined;
}

function Passages({ indexId, ids, source }: PassagesProps): ReactNode {
  return (
    <Loaded query={useQuery(passagesQuery(indexId, ids))} what="the passages" rows={2}>
      {({ items }) => (
        <ol className="pl-plain" aria-label="Text of the passages">
          {ids
            .map((id, place) => ({ place, passage: items.find(({ passageId }) => passageId === id) }))
            .map(({ place, passage }) => (
              <li key={place}>
                {passage === undefined ? (
                  `[${place + 1}] is not in the index`
                ) : (
                  <>
                    <strong>
                      [{place + 1}] {headingOf(passage)}
                    </strong>
                    <PassageText text={passage.text} />
                    <PassageOrigin passage={passage} source={source} />
                  </>
                )}
              </li>
            ))}
        </ol>
      )}
    </Loaded>
  );
}
