import { Button } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { Problem } from '@/shared/http/problem';

/** The way on from the refusal of looser criteria: to propose them. Nothing for other refusals. */
export function ProposeInstead({ refusal, onPropose }: { refusal: unknown; onPropose: () => void }): ReactNode {
  if (!Problem.of(refusal).details.type.endsWith('/looser-criteria')) return null;
  return (
    <Button variant="secondary" onClick={onPropose}>
      Propose them to a second person…
    </Button>
  );
}
