import { useState, type ReactNode } from 'react';
import type { Role } from '@/shared/session/session';
import { RoleButton } from '@/shared/ui/RoleButton';

interface OnDemandProps {
  /** As in "Show the text of item x". */
  what: string;
  /** Who may see it. */
  roles: Role[];
  button: ReactNode;
  children: ReactNode;
}

/** Something that is fetched and shown when somebody asks for it, since it may hold restricted data. */
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
