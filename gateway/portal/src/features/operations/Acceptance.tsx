import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { accept, eventName, type Chosen } from './deadLetters';
import { ReasonDialog } from '@/shared/form/ReasonDialog';
import { isMe, useSession } from '@/shared/session/session';
import { Person } from '@/shared/ui/Person';
import { RoleButton } from '@/shared/ui/RoleButton';

/** Who accepted that a service goes on without an event, and the button to be one of the two people. */
export function Acceptance({ service, letter }: Chosen): ReactNode {
  const [isOpen, open] = useState(false);
  const queries = useQueryClient();
  const session = useSession();
  const { deadLetterId, type, key, acceptedBy, acceptedReason } = letter;
  const [first, second] = acceptedBy;
  if (second !== undefined) {
    return (
      <>
        By <Person actor={first} /> and <Person actor={second} />: {acceptedReason}. It closes no gate any more.
      </>
    );
  }
  const title = first === undefined ? 'Accept without it' : 'Confirm';
  return (
    <>
      {first === undefined ? (
        'By nobody'
      ) : (
        <>
          By <Person actor={first} />: {acceptedReason}. <span>A second person has to confirm.</span>
        </>
      )}{' '}
      <RoleButton
        roles={['sre']}
        size="sm"
        variant="secondary"
        reason={isMe(session, first) ? 'A second person has to confirm.' : undefined}
        aria-label={`${title}: ${eventName(type)} about ${key}`}
        onClick={() => open(true)}
      >
        {title}
      </RoleButton>
      {isOpen && (
        <ReasonDialog
          title={`${title} in ${service}`}
          action={first === undefined ? 'Accept' : 'Confirm'}
          danger
          draft={`accept-${service}-${deadLetterId}`}
          send={(reason) => accept(service, deadLetterId, reason)}
          onSent={async () => {
            open(false);
            await queries.invalidateQueries({ queryKey: ['dead-letters', service] });
          }}
          onClose={() => open(false)}
        >
          {service} goes on without {eventName(type)} about {key} once two people have accepted that. Gates that it
          could change the answer of then open again, and later events about {key} are applied.
        </ReasonDialog>
      )}
    </>
  );
}
