import { Label } from '@patternfly/react-core';
import type { ReactNode } from 'react';

/** Marks where the caller's messages go in a prompt. */
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
