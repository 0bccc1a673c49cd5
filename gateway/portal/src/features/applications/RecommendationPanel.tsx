import { Alert } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { recommend, recommendationsQuery, type Recommendation } from './applications';
import { runsQuery } from '@/shared/data/evaluations';
import { count, inSentence, words } from '@/shared/text/format';
import { DigestText } from '@/shared/ui/DigestText';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { RoleButton } from '@/shared/ui/RoleButton';
import { Time } from '@/shared/ui/Time';

/** The newest recommendation, with a button for a newer one. Empty until something was measured. */
export function RecommendationPanel({ application }: { application: string }): ReactNode {
  const queries = useQueryClient();
  const query = useQuery(recommendationsQuery(application));
  const measured = useQuery(runsQuery(application)).data?.items.some(({ state }) => state === 'FINISHED') ?? false;
  const recommending = useMutation({
    mutationFn: () => recommend(application),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['application', application, 'recommendations'] }),
  });
  if (query.isError) return <ProblemPanel error={query.error} onRetry={() => void query.refetch()} />;
  const newest = query.data?.items[0];
  if (query.data === undefined || (newest === undefined && !measured)) return null;
  const recommendAction = (
    <RoleButton
      roles={['prompt-engineer', 'ml-engineer']}
      variant="secondary"
      size="sm"
      isLoading={recommending.isPending}
      onClick={() => recommending.mutate()}
    >
      {newest ? 'Recommend again' : 'Recommend a variant'}
    </RoleButton>
  );
  return (
    <>
      {recommending.isError && <ProblemPanel error={recommending.error} />}
      {newest ? (
        <Recommended recommendation={newest} recommendAction={recommendAction} />
      ) : (
        <Alert
          isInline
          variant="info"
          component="h2"
          title="A variant can be recommended from the finished runs"
          actionLinks={recommendAction}
        >
          Plumbline recommends the simplest approach whose variant meets the criteria, with its costs and break-even.
        </Alert>
      )}
    </>
  );
}

function Recommended({
  recommendation,
  recommendAction,
}: {
  recommendation: Recommendation;
  recommendAction: ReactNode;
}): ReactNode {
  const { approach, variant, meetsCriteria, rationale, variantDigest, breakEvenMonthlyVolume, issuedAt } =
    recommendation;
  return (
    <Alert
      isInline
      variant={meetsCriteria ? 'success' : 'warning'}
      component="h2"
      title={
        meetsCriteria ? `Recommended: ${named(variant, approach)}` : `Best so far, but criteria not met: ${variant}`
      }
      actionLinks={recommendAction}
    >
      <p>{rationale}</p>
      <p className="pl-subtle">
        Variant <DigestText value={variantDigest} /> ·{' '}
        {breakEvenMonthlyVolume == null
          ? 'no break-even in range'
          : `breaks even at ${count(breakEvenMonthlyVolume)} calls per month`}{' '}
        · <Time at={issuedAt} />
      </p>
    </Alert>
  );
}

/** Returns the variant and its approach, or one name where both have the same name. */
function named(variant: string, approach: string): string {
  return variant.toLowerCase() === words(approach).toLowerCase() ? variant : `${variant} (${inSentence(approach)})`;
}
