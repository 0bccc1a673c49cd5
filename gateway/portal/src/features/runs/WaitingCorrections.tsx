import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Suite } from './runs';
import { carriesVerdicts } from '@/shared/data/suites';
import { collectors, rowCorrectionsQuery } from '@/shared/items/draft';
import { may, useSession } from '@/shared/session/session';
import { count } from '@/shared/text/format';

/** Says how many corrections wait to become a version, or why rows cannot be corrected here. */
export function WaitingCorrections({ suite }: { suite: Suite }): ReactNode {
  const mayCorrect = may(useSession(), ...collectors);
  if (carriesVerdicts(suite)) {
    return (
      <p className="pl-subtle">
        What test rows expect is not corrected here, beside the answers that they judge. Upload corrected rows as a new
        version, then publish a suite and register criteria for it.
      </p>
    );
  }
  return mayCorrect ? <Waiting dataset={suite.dataset} /> : null;
}

function Waiting({ dataset }: { dataset: string }): ReactNode {
  const waiting = useQuery(rowCorrectionsQuery(dataset)).data?.length ?? 0;
  if (waiting === 0) {
    return (
      <p className="pl-subtle">
        If a row expects the wrong answer, open its answer and correct it. The corrections wait in the draft of{' '}
        {dataset}.
      </p>
    );
  }
  return (
    <p>
      {count(waiting)} {waiting === 1 ? 'correction waits' : 'corrections wait'} in the{' '}
      <Link to="/datasets/$name" params={{ name: dataset }} hash="draft">
        draft of {dataset}
      </Link>
      , from which a data steward makes a version.
    </p>
  );
}
