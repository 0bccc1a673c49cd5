import { Button, Tooltip, type ButtonProps } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { may, useSession, type Role } from '@/shared/session/session';

interface RoleButtonProps extends Omit<ButtonProps, 'isDisabled' | 'ref'> {
  /** Any of these may. */
  roles: Role[];
  /** Why not now, apart from the role. */
  reason?: string | undefined;
  isDisabled?: boolean;
}

/** A button that says why it cannot be used instead of being absent. */
export function RoleButton({ roles, reason, isDisabled = false, ...props }: RoleButtonProps): ReactNode {
  const session = useSession();
  const why = may(session, ...roles)
    ? reason
    : `Needs the role ${roles.join(' or ')}; yours: ${session.roles.join(', ')}.`;
  const free = why === undefined;
  // The same elements in both cases, so that a button keeps the focus when its reason goes.
  return (
    <Tooltip content={why ?? ''} trigger={free ? 'manual' : 'mouseenter focus'} aria={free ? 'none' : 'describedby'}>
      <Button {...props} isDisabled={free && isDisabled} isAriaDisabled={!free} />
    </Tooltip>
  );
}
