import { Button, type ButtonProps } from '@patternfly/react-core';
import { createLink } from '@tanstack/react-router';
import type { Ref } from 'react';

/** A link within the portal that looks like a button. */
export const LinkButton = createLink(
  ({ ref, ...props }: Omit<ButtonProps, 'component'> & { ref?: Ref<HTMLButtonElement> }) => (
    <Button component="a" innerRef={ref} {...props} />
  ),
);
