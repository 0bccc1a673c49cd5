import { Label, LabelGroup, Tooltip } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { AuditEntry } from './ledger';

type Warning = AuditEntry['warnings'][number];

const WARNINGS: Record<Warning, { label: string; meaning: string }> = {
  NOT_AUTHENTIC: {
    label: 'Refused',
    meaning:
      'The service that it names did not write it: it was refused when it was received, and nothing followed from ' +
      'it. Somebody can write to the broker. Inform the compliance officer.',
  },
  UNKNOWN_ACTOR: {
    label: 'Unknown actor',
    meaning: 'Nobody of this id is in the workspace: the event was forged, or the person was removed since.',
  },
  NO_SUCH_DECISION: {
    label: 'No such decision',
    meaning: 'It says that a request was decided, and no such decision was made. Inform the compliance officer.',
  },
  PROJECTION_CHANGED: {
    label: 'Search row changed',
    meaning:
      'What the audit stores to find this entry by was changed. What is shown here is what was recorded. ' +
      'Inform the compliance officer.',
  },
};

/** What speaks against an entry; nothing for nearly all of them. */
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
