import { CodeBlock, CodeBlockCode } from '@patternfly/react-core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Acceptance } from './Acceptance';
import { eventName, type Chosen } from './deadLetters';
import { count } from '@/shared/text/format';
import { Detail, Details } from '@/shared/ui/Details';

/** The full cause, with a link to the ledger, which has the event's payload and trace. */
export function DeadLetterDetail({ service, letter }: Chosen): ReactNode {
  const { deadLetterId, eventId, type, key, cause } = letter;
  const name = eventName(type);
  return (
    <div className="pl-stack pl-anywhere">
      <CodeBlock>
        <CodeBlockCode>{cause}</CodeBlockCode>
      </CodeBlock>
      <Details>
        <Detail term="Dead letter">{count(deadLetterId)}</Detail>
        <Detail term="Event">
          <code>{eventId}</code>{' '}
          <span className="pl-subtle">the service&rsquo;s log has the full error under this id</span>
        </Detail>
        <Detail term="Accepted">
          <Acceptance service={service} letter={letter} />
        </Detail>
        <Detail term="Payload and trace">
          <Link to="/audit" search={{ object: key, type: name }}>
            {name} of {key} in the ledger
          </Link>
        </Detail>
      </Details>
    </div>
  );
}
