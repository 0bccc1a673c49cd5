import { Label, type LabelProps } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { inSentence, words } from '@/shared/text/format';

type Status = NonNullable<LabelProps['status']>;

const meanings: [Status, string[]][] = [
  [
    'success',
    [
      'OK',
      'MET',
      'PASS',
      'ACTIVE',
      'APPROVED',
      'SUCCEEDED',
      'ADMITTED',
      'READY',
      'CORRECT',
      'MOVED',
      'FINISHED',
      'PASSED',
      'CONFIRMED',
    ],
  ],
  ['danger', ['MISSED', 'FAIL', 'REJECTED', 'BLOCKED', 'FAILED', 'HALTED', 'REFUSED', 'DENIED', 'ERROR', 'INCORRECT']],
  [
    'warning',
    [
      'WAIVED',
      'INCONCLUSIVE',
      'ROLLED_BACK',
      'EXPIRED',
      'REVOKED',
      'VOIDED',
      'CANCELLED',
      'PAUSED',
      'WARNING',
      'NO_ANSWER',
      'STOPPED',
      'ABANDONED',
      'WITHDRAWN',
    ],
  ],
  [
    'info',
    [
      'WAITING',
      'STREAMING',
      'OPEN',
      'PENDING',
      'REQUESTED',
      'PROPOSED',
      'CANARY',
      'RUNNING',
      'QUEUED',
      'INGESTING',
      'ADVICE',
      'ABSTAINED',
    ],
  ],
];

const statuses = new Map(meanings.flatMap(([status, states]) => states.map((state) => [state, status] as const)));

interface StateLabelProps {
  state: string;
  prefix?: string;
  suffix?: string;
}

/** The label of a state. Its color supports the text and never replaces it. */
export function StateLabel({ state, prefix, suffix }: StateLabelProps): ReactNode {
  return (
    <Label status={statuses.get(state)} isCompact>
      {[prefix && `${prefix}:`, prefix ? inSentence(state) : words(state), suffix].filter(Boolean).join(' ')}
    </Label>
  );
}
