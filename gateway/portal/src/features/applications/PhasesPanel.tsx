import { Card, CardBody, CardTitle, Content, List, ListItem } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { PhaseView } from './applications';
import { PhaseTrack } from './PhaseTrack';
import { words } from '@/shared/text/format';
import { Empty } from '@/shared/ui/Empty';

export function PhasesPanel({ phases }: { phases: PhaseView[] }): ReactNode {
  const lacking = phases.filter(({ missingEvidence }) => missingEvidence.length > 0);
  return (
    <Card>
      <CardTitle component="h2">Phases and gates</CardTitle>
      <CardBody className="pl-stack">
        {phases.length === 0 ? (
          <Empty title="No phases yet">Phases open once success criteria are registered.</Empty>
        ) : (
          <PhaseTrack phases={phases} label="Phases" />
        )}
        {lacking.map(({ phase, missingEvidence, state }) => (
          <Content key={phase}>
            <h3>
              {words(phase)} is {words(state).toLowerCase()}: what is missing
            </h3>
            <List>
              {missingEvidence.map((line) => (
                <ListItem key={line}>{line}</ListItem>
              ))}
            </List>
          </Content>
        ))}
        {phases
          .filter(({ waiverId }) => waiverId != null)
          .map(({ phase, waiverId }) => (
            <p key={phase} className="pl-subtle">
              {words(phase)} goes on under waiver <code>{waiverId}</code>.
            </p>
          ))}
      </CardBody>
    </Card>
  );
}
