import { Label } from '@patternfly/react-core';
import type { ReactNode } from 'react';

/** Where a prompt takes the messages of its caller. */
export function ConversationPlace(): ReactNode {
  return (
    <>
      <Label isCompact color="purple">
        conversation
      </Label>{' '}
      <span className="pl-subtle">The caller&rsquo;s messages go here.</span>
    </>
  );
}
