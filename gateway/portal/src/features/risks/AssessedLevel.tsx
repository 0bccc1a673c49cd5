import type { ReactNode } from 'react';
import { RatingLabel } from './RatingLabel';
import type { Risk } from './risks';

/** How a level is rated, and what it is made of. */
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
