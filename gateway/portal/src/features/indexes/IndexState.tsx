import { Alert, Progress } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { isBeingBuilt, type Index } from '@/shared/data/indexes';
import { StateLabel } from '@/shared/ui/StateLabel';

/** The progress of an index, or the reason why it could not be built. */
export function IndexState({ index }: { index: Index }): ReactNode {
  const { name, state, progress, message, error } = index;
  if (isBeingBuilt(index))
    return (
      <Progress
        aria-label={`Progress of ${name}`}
        value={Math.round(progress * 100)}
        title={message || 'Waiting to be built'}
        size="sm"
      />
    );
  if (state === 'FAILED')
    return <Alert isInline isPlain variant="danger" component="h3" title={error ?? 'The index could not be built'} />;
  return <StateLabel state={state} />;
}
