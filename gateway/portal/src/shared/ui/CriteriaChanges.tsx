import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { criteriaChanges, type CriteriaContent } from '@/shared/data/criteriaChanges';
import { suitesQuery } from '@/shared/data/suites';
import { short } from '@/shared/text/format';

interface CriteriaChangesProps {
  from: CriteriaContent;
  to: CriteriaContent;
}

/** The differences between criteria, one per line. A suite that is not found is shown by its digest. */
export function CriteriaChanges({ from, to }: CriteriaChangesProps): ReactNode {
  const suites = useQuery(suitesQuery).data?.items ?? [];
  const suiteName = (digest: string) => {
    const suite = suites.find(({ suiteDigest }) => suiteDigest === digest);
    return suite ? `${suite.name} v${suite.version}` : short(digest);
  };
  return (
    <ul className="pl-plain" aria-label="Changes">
      {criteriaChanges(from, to, suiteName).map((change) => (
        <li key={change.what}>
          {change.what}:{' '}
          <span className="pl-figures">
            {change.from} → {change.to}
          </span>
        </li>
      ))}
    </ul>
  );
}
