import { Card, CardBody, CardHeader, CardTitle, Content, Label, List, ListItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { assessmentsQuery, type Assessment } from './applications';
import { useOpenForm } from '@/shared/data/applicationForm';
import { inSentence, words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { Person } from '@/shared/ui/Person';
import { RoleButton } from '@/shared/ui/RoleButton';
import { Time } from '@/shared/ui/Time';

/** The approach to start with, the path that led to it and what would change it. */
export function AssessmentPanel({ application }: { application: string }): ReactNode {
  const query = useQuery(assessmentsQuery(application));
  const open = useOpenForm();
  const assessed = query.data?.items[0] !== undefined;
  const assess = (
    <RoleButton roles={['prompt-engineer', 'ml-engineer']} variant="secondary" size="sm" onClick={() => open('assess')}>
      {assessed ? 'Assess again' : 'Assess'}
    </RoleButton>
  );
  return (
    <Card>
      <CardHeader actions={assessed ? { actions: assess, hasNoOffset: true } : undefined}>
        <CardTitle component="h2">Assessment</CardTitle>
      </CardHeader>
      <CardBody>
        <Loaded query={query} what="the assessment">
          {({ items: [newest] }) =>
            newest === undefined ? (
              <Empty title="Not assessed yet" action={assess}>
                Four questions lead to the approach to start with: prompt, retrieval, fine-tuning or both. It is advice;
                the evidence decides.
              </Empty>
            ) : (
              <Assessed assessment={newest} />
            )
          }
        </Loaded>
      </CardBody>
    </Card>
  );
}

function Assessed({
  assessment: { approach, because, path, evidence, flips, scores, contested, author, completedAt },
}: {
  assessment: Assessment;
}): ReactNode {
  const steps = evidence.filter(({ question }) => path.some((step) => step.startsWith(question)));
  return (
    <div className="pl-stack">
      <Content>
        <p>
          <strong>Start with {inSentence(approach)}</strong>: {because}.{' '}
          {contested && (
            <Label isCompact status="warning">
              {pointedTo(scores)}
            </Label>
          )}
        </p>
      </Content>
      <ol className="pl-path" aria-label="Path through the decision tree">
        {steps.map(({ question, answer, source }) => (
          <li key={question}>
            <span className="pl-subtle">{words(question)}</span>
            <strong>{words(answer)}</strong>
            <span className="pl-subtle">{source}</span>
          </li>
        ))}
        <li>
          <span className="pl-subtle">Start with</span>
          <strong>{words(approach)}</strong>
        </li>
      </ol>
      {flips.length > 0 && (
        <Content>
          <p>The recommended approach would change if:</p>
          <List>
            {flips.map(({ question, from, to, approach: other }) => (
              <ListItem key={question + to}>
                {inSentence(question)} were {inSentence(to)} instead of {inSentence(from)}: {words(other)}
              </ListItem>
            ))}
          </List>
        </Content>
      )}
      {Object.values(scores).some((points) => points !== 0) && <Scores scores={scores} />}
      {completedAt != null && (
        <p className="pl-subtle">
          By <Person actor={author} /> · <Time at={completedAt} />
        </p>
      )}
    </div>
  );
}

/** The approach with the most points, which is another one than the tree recommends where it is contested. */
function pointedTo(scores: Assessment['scores']): string {
  const [approach, points] = Object.entries(scores).reduce((best, next) => (next[1] > best[1] ? next : best));
  return `Your circumstances point to ${inSentence(approach)} instead (${points > 0 ? '+' : ''}${points})`;
}

function Scores({ scores }: Pick<Assessment, 'scores'>): ReactNode {
  return (
    <DataTable
      aria-label="Scores of the circumstances"
      rows={Object.entries(scores).sort(([, one], [, other]) => other - one)}
      rowKey={([name]) => name}
      columns={[
        { header: 'Approach', cell: ([name]) => words(name) },
        {
          header: 'Points from circumstances',
          label: 'Points',
          kind: 'number',
          cell: ([, points]) => (points > 0 ? `+${points}` : points),
        },
      ]}
    />
  );
}
