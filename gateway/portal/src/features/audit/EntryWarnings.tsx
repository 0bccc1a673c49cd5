import { Label, LabelGroup, Tooltip } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { AuditEntry } from './ledger';

type Warning = AuditEntry['warnings'][number];

const WARNINGS: Record<Warning, { label: string; meaning: string }> = {
  NOT_AUTHENTIC: {
    label: 'Refused',
    meaning:
      'The entry was not written by the service that it names. It was refused when it was received and had ' +
      'no effect. Somebody can write to the broker: inform the compliance officer.',
  },
  UNKNOWN_ACTOR: {
    label: 'Unknown actor',
    meaning: 'The workspace has no person with this id: the event was forged, or the person was removed later.',
  },
  NO_SUCH_DECISION: {
    label: 'No such decision',
    meaning: 'The entry reports a decision that was never made. Inform the compliance officer.',
  },
  PROJECTION_CHANGED: {
    label: 'Search data altered',
    meaning:
      'The search data of this entry was altered. The entry is shown here as it was recorded. Inform the ' +
      'compliance officer.',
  },
};

/** The warnings about an entry. Nearly all entries have none. */
export function EntryWarnings({ warnings }: Pick<AuditEntry, 'warnings'>): ReactNode {
  if (warnings.length === 0) return null;
  return (
    <LabelGroup aria-label="Warnings">
      {warnings.map((warning) => (
        <Tooltip key={warning} content={WARNINGS[warning].meaning}>
          <Label status={warning === 'UNKNOWN_ACTOR' ? 'warning' : 'danger'} tabIndex={0}>
            {WARNINGS[warning].label}
          </Label>
        </Tooltip>
      ))}
    </LabelGroup>
  );
}
