import { Alert } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { recommendationsQuery } from './applications';
import { count, words } from '@/shared/text/format';
import { DigestText } from '@/shared/ui/DigestText';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { Time } from '@/shared/ui/Time';

/** The newest recommendation; nothing where none was issued. */
export function RecommendationPanel({ application }: { application: string }): ReactNode {
  const query = useQuery(recommendationsQuery(application));
  if (query.isError) return <ProblemPanel error={query.error} headingLevel="h2" onRetry={() => void query.refetch()} />;
  const newest = query.data?.items[0];
  if (newest === undefined) return null;
  const { approach, variant, meetsCriteria, rationale, variantDigest, breakEvenMonthlyVolume, issuedAt } = newest;
  return (
    <Alert
      isInline
      variant={meetsCriteria ? 'success' : 'warning'}
      component="h2"
      title={meetsCriteria ? `Recommended: ${variant}, ${words(approach)}` : `Best so far, but short of the criteria: ${variant}`}
    >
      <p>{rationale}</p>
      <p className="pl-subtle">
        Variant <DigestText value={variantDigest} /> ·{' '}
        {breakEvenMonthlyVolume == null ? 'no break-even in range' : `breaks even at ${count(breakEvenMonthlyVolume)} calls a month`}{' '}
        · <Time at={issuedAt} />
      </p>
    </Alert>
  );
}
