import type { ReactNode } from 'react';
import { shortActor, useKnown } from '@/shared/people/people';
import { isMe, useSession } from '@/shared/session/session';

interface PersonProps {
  /** What the service wrote down: the subject of the token. */
  actor: string | null | undefined;
}

/** Who did it: by name where the identity provider tells it, else by the id that was written down; and whether that is you. */
export function Person({ actor }: PersonProps): ReactNode {
  const session = useSession();
  const me = isMe(session, actor);
  const known = useKnown(me ? undefined : actor);
  if (actor == null) return <span>—</span>;
  return (
    <span title={actor}>
      {me ? `${session.name} (you)` : (known?.name ?? shortActor(actor))}
      {known?.service === true && <span className="pl-subtle"> service</span>}
    </span>
  );
}
