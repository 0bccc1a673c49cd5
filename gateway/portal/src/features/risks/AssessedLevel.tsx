import type { ReactNode } from 'react';
import type { Risk } from '@/shared/risks/risks';
import { RatingLabel } from '@/shared/risks/RatingLabel';

/** A level with its rating, likelihood and impact. */
export function AssessedLevel({ assessed }: { assessed: Risk['residual'] }): ReactNode {
  return (
    <>
      <RatingLabel assessed={assessed} />{' '}
      <span className="pl-subtle">
        likelihood {assessed.likelihood}, impact {assessed.impact}
      </span>
    </>
  );
}
