import { Alert, Button } from '@patternfly/react-core';
import type { ReactNode } from 'react';

interface KeptDraftProps {
  title: string;
  onDiscard: () => void;
}

/** Says that a form shows an earlier draft, and offers to discard it. */
export function KeptDraft({ title, onDiscard }: KeptDraftProps): ReactNode {
  return (
    <Alert
      isInline
      variant="info"
      component="h2"
      title={title}
      actionLinks={
        <Button variant="link" isInline onClick={onDiscard}>
          Discard it
        </Button>
      }
    />
  );
}
