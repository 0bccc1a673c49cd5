import { CodeBlock, CodeBlockCode } from '@patternfly/react-core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { eventName, type ParkedMessage } from './parked';
import { count } from '@/shared/text/format';
import { Fact, Facts } from '@/shared/ui/Facts';

/** The cause in full, and where the rest of the event is: the ledger has its payload and its trace. */
export function ParkedDetail({ message: { id, eventId, type, key, cause } }: { message: ParkedMessage }): ReactNode {
  const name = eventName(type);
  return (
    <div className="pl-stack pl-anywhere">
      <CodeBlock>
        <CodeBlockCode>{cause}</CodeBlockCode>
      </CodeBlock>
      <Facts>
        <Fact term="Message">{count(id)}</Fact>
        <Fact term="Event">
          <code>{eventId}</code>{' '}
          <span className="pl-subtle">the service&rsquo;s log has the whole failure by this id</span>
        </Fact>
        <Fact term="Payload and trace">
          <Link to="/audit" search={{ object: key, type: name }}>
            {name} of {key} in the ledger
          </Link>
        </Fact>
      </Facts>
    </div>
  );
}
