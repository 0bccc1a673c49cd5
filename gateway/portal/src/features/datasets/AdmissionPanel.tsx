import { Alert, Card, CardBody, CardTitle, List, ListItem } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { admit, isAdmitted, purposesText, type Dataset, type DatasetVersion, type Purpose } from './datasets';
import { Checklist } from '@/shared/form/fields';
import { z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { Term } from '@/shared/help/Term';
import { Person } from '@/shared/ui/Person';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { RoleButton } from '@/shared/ui/RoleButton';
import { Time } from '@/shared/ui/Time';

const choices: { value: Purpose; label: string }[] = [
  { value: 'EVALUATE', label: 'Evaluate: evaluate variants on its rows' },
  { value: 'INDEX', label: 'Index: retrieve its documents, or examples from its training rows' },
  { value: 'TRAIN', label: 'Train: train models on its training rows' },
];
/**
 * The purposes that each kind allows. Training uses labelled texts or preferences, an index uses labelled texts or
 * documents, and evaluation uses every kind that asks for an answer.
 */
const possible: Record<Dataset['kind'], Purpose[]> = {
  CLASSIFICATION: ['EVALUATE', 'INDEX', 'TRAIN'],
  CHAT: ['EVALUATE'],
  QUESTION_ANSWER: ['EVALUATE'],
  PREFERENCE: ['TRAIN'],
  DOCUMENTS: ['INDEX'],
};
const choicesFor = (kind: Dataset['kind']) => choices.filter(({ value }) => possible[kind].includes(value));
const schema = z.object({ purposes: z.array(z.string()).check(z.minLength(1, 'Choose at least one purpose.')) });

/** Requests a decision by the workspace's policy. Only admitted rows can be evaluated, indexed or trained on. */
export function AdmissionPanel({ version, kind }: { version: DatasetVersion; kind: Dataset['kind'] }): ReactNode {
  const { dataset, version: number, admission } = version;
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: ['datasets'] });
  const form = useCommandForm({
    schema,
    initial: { purposes: choicesFor(kind).map(({ value }) => value) },
    command: (parsed) => choices.map(({ value }) => value).filter((value) => parsed.purposes.includes(value)),
    send: (purposes) => admit(dataset, number, purposes),
    onSent: refresh,
    // A refusal is recorded with the version, too.
    onRefused: refresh,
  });
  const refused = form.error != null;
  return (
    <Card isCompact id="admission">
      <CardTitle component="h2">
        <Term name="admission">Admission</Term>
      </CardTitle>
      <CardBody className="pl-stack">
        <p>
          A policy of the workspace decides what the rows may be used for, based on the report and the splits. The
          decision is recorded in the ledger.
        </p>
        {admission && !refused && (
          <Alert
            isInline
            component="h3"
            variant={isAdmitted(version) ? 'success' : 'warning'}
            title={isAdmitted(version) ? `Admitted for ${purposesText(admission.purposes)}` : 'Not admitted'}
          >
            {admission.reasons.length > 0 && (
              <List>
                {admission.reasons.map((reason) => (
                  <ListItem key={reason}>{reason}</ListItem>
                ))}
              </List>
            )}
            <p>
              Requested by <Person actor={admission.decidedBy} />, <Time at={admission.decidedAt} />
            </p>
          </Alert>
        )}
        {refused && <ProblemPanel error={form.error} />}
        {(refused || (admission && !isAdmitted(version))) && (
          <p>
            Licence and legal basis are set under Edit details, on the page of{' '}
            <Link to="/datasets/$name" params={{ name: dataset }}>
              {dataset}
            </Link>
            .
          </p>
        )}
        <Checklist id="purpose" control={form.control} name="purposes" label="Purposes" choices={choicesFor(kind)} />
        <div>
          <RoleButton
            variant={isAdmitted(version) ? 'secondary' : 'primary'}
            roles={['data-steward']}
            reason={form.blocked}
            isLoading={form.pending}
            isDisabled={form.pending}
            onClick={form.submit}
          >
            {admission ? 'Request admission again' : 'Request admission'}
          </RoleButton>
        </div>
      </CardBody>
    </Card>
  );
}
