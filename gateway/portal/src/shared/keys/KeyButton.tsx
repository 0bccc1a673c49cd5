import { Button, type ButtonProps } from '@patternfly/react-core';
import type { ReactNode } from 'react';

interface KeyButtonProps extends Omit<ButtonProps, 'ref'> {
  /** The key that presses the button, within an element that handles keys by pressShortcut; absent for none. */
  shortcut?: string | undefined;
}

/** A small button that shows its key. */
export function KeyButton({ shortcut, children, ...props }: KeyButtonProps): ReactNode {
  return (
    <Button variant="secondary" size="sm" aria-keyshortcuts={shortcut} {...props}>
      {shortcut !== undefined && <kbd aria-hidden="true">{shortcut}</kbd>} {children}
    </Button>
  );
}

/** Returns the key of a choice by its place from 0; undefined after the ninth. */
export function keyOfChoice(place: number): string | undefined {
  return place < 9 ? String(place + 1) : undefined;
}
