import { Alert } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { Recommendation, Variant } from './applications';
import { count, words } from '@/shared/text/format';
import { DigestText } from '@/shared/ui/DigestText';
import { Time } from '@/shared/ui/Time';

interface RecommendationPanelProps {
  recommendation: Recommendation | null | undefined;
  variants: Variant[];
}

export function RecommendationPanel({ recommendation, variants }: RecommendationPanelProps): ReactNode {
  if (recommendation == null) return null;
  const { approach, rationale, variantDigest, breakEvenMonthlyVolume, issuedAt } = recommendation;
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
