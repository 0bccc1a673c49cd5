import type { ReactNode } from 'react';
import { RatingLabel } from './RatingLabel';
import type { Risk } from './risks';

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
