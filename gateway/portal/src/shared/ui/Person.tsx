import type { ReactNode } from 'react';
import { shortActor, useKeyName, usePerson } from '@/shared/people/people';
import { isMe, useSession } from '@/shared/session/session';

interface PersonProps {
  /** The actor that the service recorded: the subject of the token. */
  actor: string | null | undefined;
}

/** The name of a person, or the recorded id if the identity provider has no name, with a mark if it is you. */
export function Person({ actor }: PersonProps): ReactNode {
  const session = useSession();
  const me = isMe(session, actor);
  const known = usePerson(me ? undefined : actor);
  const key = useKeyName(actor);
  if (actor == null) return <span>—</span>;
  return (
    <span title={actor}>
      {me ? `${session.name} (you)` : (known?.name ?? key ?? shortActor(actor))}
      {known?.service === true && <span className="pl-subtle"> service</span>}
    </span>
  );
}
