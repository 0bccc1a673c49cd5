import { Button } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { Problem } from '@/shared/http/problem';

/** The button that proposes criteria after they were refused to one person. */
export function ProposeInstead({ refusal, onPropose }: { refusal: unknown; onPropose: () => void }): ReactNode {
  if (!/\/(looser|refresh)-criteria$/.test(Problem.of(refusal).details.type)) return null;
  return (
    <Button variant="secondary" onClick={onPropose}>
      Propose them to a second person…
    </Button>
  );
}
