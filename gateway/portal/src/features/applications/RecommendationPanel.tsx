import { Alert } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { recommendationsQuery, variantsQuery } from './applications';
import { count, words } from '@/shared/text/format';
import { DigestText } from '@/shared/ui/DigestText';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { Time } from '@/shared/ui/Time';

/** The newest recommendation; nothing where none was issued. */
export function RecommendationPanel({ application }: { application: string }): ReactNode {
  const query = useQuery(recommendationsQuery(application));
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  if (query.isError) return <ProblemPanel error={query.error} headingLevel="h2" onRetry={() => void query.refetch()} />;
  const newest = query.data?.items[0];
  if (newest === undefined) return null;
  const { approach, rationale, variantDigest, breakEvenMonthlyVolume, issuedAt } = newest;
  const name = variants.find((variant) => variant.variantDigest === variantDigest)?.name;
  return (
    <Alert isInline variant="info" component="h2" title={`Recommended: ${words(approach)}${name ? `, variant ${name}` : ''}`}>
      <p>{rationale}</p>
      <p className="pl-subtle">
        Variant <DigestText value={variantDigest} /> ·{' '}
        {breakEvenMonthlyVolume == null ? 'no break-even in range' : `breaks even at ${count(breakEvenMonthlyVolume)} calls a month`}
        {issuedAt && (
          <>
            {' '}
            · <Time at={issuedAt} />
          </>
        )}
      </p>
    </Alert>
  );
}
