import { Card, CardBody, CardTitle, Content, List, ListItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { phasesQuery, type PhaseStatus } from '@/shared/data/applications';
import { PhaseTrack } from './PhaseTrack';
import { words } from '@/shared/text/format';
import { Term } from '@/shared/help/Term';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';

export function PhasesPanel({ application }: { application: string }): ReactNode {
  return (
    <Card>
      <CardTitle component="h2">Phases and gates</CardTitle>
      <CardBody>
        <Loaded query={useQuery(phasesQuery(application))} what="phases">
          {({ items }) =>
            items.length === 0 ? (
              <Empty title="No phases yet">
                Phases open once success criteria are registered: register them below.
              </Empty>
            ) : (
              <Gates phases={items} />
            )
          }
        </Loaded>
      </CardBody>
    </Card>
  );
}

/** Removes ids from the gate's reasons. The ledger has them; here they only distract from the text. */
function withoutIds(line: string): string {
  return line.replace(/ \(\w+ [0-9a-f]{8}-[0-9a-f-]{27}\)/, '');
}

function Gates({ phases }: { phases: PhaseStatus[] }): ReactNode {
  return (
    <div className="pl-stack">
      <PhaseTrack phases={phases} label="Phases" />
      {phases.map(({ phase, reason, missingEvidence, waiverId }) => (
        <Content key={phase}>
          <p>
            <strong>{words(phase)}.</strong> {reason}
            {waiverId != null && (
              <>
                {' '}
                <Term name="waiver">Waiver</Term> <code>{waiverId}</code>.
              </>
            )}
            {missingEvidence.length > 0 && ' Missing:'}
          </p>
          {missingEvidence.length > 0 && (
            <List>
              {missingEvidence.map((line) => (
                <ListItem key={line}>{withoutIds(line)}</ListItem>
              ))}
            </List>
          )}
        </Content>
      ))}
    </div>
  );
}
