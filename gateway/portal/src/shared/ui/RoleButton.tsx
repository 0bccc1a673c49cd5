import { Button, Tooltip, type ButtonProps } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { may, useSession, type Role } from '@/shared/session/session';

interface RoleButtonProps extends Omit<ButtonProps, 'isDisabled' | 'ref'> {
  /** The roles that may use the button. One of them is enough. */
  roles: Role[];
  /** The reason, apart from roles, why the button cannot be used now. */
  reason?: string | undefined;
  isDisabled?: boolean;
}

/** A button that shows why it cannot be used, instead of being hidden. */
export function RoleButton({ roles, reason, isDisabled = false, ...props }: RoleButtonProps): ReactNode {
  const session = useSession();
  const why = may(session, ...roles)
    ? reason
    : `Needs the role ${roles.join(' or ')}; yours: ${session.roles.join(', ')}.`;
  const free = why === undefined;
  // Render the same elements in both cases, so that the button keeps the focus when its reason disappears.
  return (
    <Tooltip content={why ?? ''} trigger={free ? 'manual' : 'mouseenter focus'} aria={free ? 'none' : 'describedby'}>
      <Button {...props} isDisabled={free && isDisabled} isAriaDisabled={!free} />
    </Tooltip>
  );
}
