import type { ReactNode } from 'react';
import { isMe, useSession } from '@/shared/session/session';

interface PersonProps {
  /** What the service wrote down: the subject of the token. */
  actor: string | null | undefined;
  name?: string | null;
}

/** Who did it: by name where the service knows it, else by what it wrote down; and whether that is you. */
export function Person({ actor, name }: PersonProps): ReactNode {
  const session = useSession();
  if (actor == null) return <span>—</span>;
  const me = isMe(session, actor);
  const shown = name ?? (me ? session.name : actor);
  // The beginning of an id is its time, and alike for people entered together.
  return (
    <span title={actor}>
      {/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(shown) ? `…${shown.slice(-8)}` : shown}
      {me && ' (you)'}
    </span>
  );
}
