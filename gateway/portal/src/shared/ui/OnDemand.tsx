import { useState, type ReactNode } from 'react';
import type { Role } from '@/shared/session/session';
import { RoleButton } from '@/shared/ui/RoleButton';

interface OnDemandProps {
  /** The accessible name of the content, as in "Show the text of item x". */
  what: string;
  /** The roles that may see it. */
  roles: Role[];
  button: ReactNode;
  children: ReactNode;
}

/** Content that is loaded and shown on demand, because it may contain restricted data. */
export function OnDemand({ what, roles, button, children }: OnDemandProps): ReactNode {
  const [open, toggle] = useState(false);
  return (
    <div className="pl-item">
      <RoleButton
        roles={roles}
        variant="link"
        isInline
        aria-expanded={open}
        aria-label={`${open ? 'Hide' : 'Show'} ${what}`}
        onClick={() => toggle(!open)}
      >
        {button}
      </RoleButton>
      {open && children}
    </div>
  );
}
