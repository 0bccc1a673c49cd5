import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { FoundPassage } from './indexes';
import type { Index } from '@/shared/data/indexes';
import { upstreamQuery, type Upstream } from '@/shared/lineage/lineage';
import { PassageOrigin } from '@/shared/passages/PassageOrigin';
import { headingOf } from '@/shared/passages/passages';
import { PassageText } from '@/shared/passages/PassageText';
import { count } from '@/shared/text/format';
import { Empty } from '@/shared/ui/Empty';

interface FoundPassagesProps {
  passages: FoundPassage[];
  query: string;
  index: Index;
}

/** The results of a search, best first, with an explanation of the figures. */
export function FoundPassages({ passages, query, index }: FoundPassagesProps): ReactNode {
  const upstream = useQuery(upstreamQuery(index.indexDigest ?? '')).data;
  const source = upstream?.subsets.find(({ splitDigest }) => splitDigest === index.splitDigest);
  if (passages.length === 0) {
    return (
      <Empty title="Nothing found">
        No passage of the index matches. Use other words, or build an index from documents that answer the question.
      </Empty>
    );
  }
  return (
    <>
      <p role="status" className="pl-subtle">
        {passages.length === 1 ? 'One passage.' : `${count(passages.length)} passages, the best first.`} By words and by
        meaning are the ranks in the two searches; a dash means that a passage is not among the best. The score combines
        both ranks, and can be compared only within this search.
      </p>
      <div>
        <ol className="pl-plain" aria-label="Passages">
          {passages.map((passage) => (
            <li key={passage.passageId}>
              <Found passage={passage} query={query} source={source} />
            </li>
          ))}
        </ol>
      </div>
    </>
  );
}

interface FoundProps {
  passage: FoundPassage;
  query: string;
  source: Upstream['subsets'][number] | undefined;
}

function Found({ passage, query, source }: FoundProps): ReactNode {
  const { number, score, lexicalRank, vectorRank, text } = passage;
  return (
    <Card isCompact>
      <CardTitle component="h3">
        [{number}] {headingOf(passage)}
      </CardTitle>
      <CardBody className="pl-stack">
        <p className="pl-figures">
          Score {score.toFixed(4)} · by words {lexicalRank ?? '—'} · by meaning {vectorRank ?? '—'}
        </p>
        <PassageText text={text} query={query} />
        <PassageOrigin passage={passage} source={source} />
      </CardBody>
    </Card>
  );
}
