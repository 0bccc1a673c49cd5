import { Label } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { identityRecordingQuery } from './ledger';
import { Time } from '@/shared/ui/Time';

/** Says whether the ledger has what administrators change at the identity provider. */
export function IdentityRecording(): ReactNode {
  const { data } = useQuery(identityRecordingQuery);
  if (data === undefined) return null;
  const { state, reason, changedAt, readAt } = data;
  return (
    <p>
      Changes of accounts, roles and clients:{' '}
      {state === 'RECORDED' ? (
        <Label status="success">recorded</Label>
      ) : (
        <Label status="warning">{state == null ? 'not read yet' : 'not recorded'}</Label>
      )}{' '}
      {state != null && changedAt != null && (
        <>
          since <Time at={changedAt} />
        </>
      )}
      {readAt != null && (
        <>
          , last read <Time at={readAt} />
        </>
      )}
      {reason != null && <>. {reason}</>}
    </p>
  );
}
