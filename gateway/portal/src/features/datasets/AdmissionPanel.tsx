import { Alert, Card, CardBody, CardTitle, Checkbox, List, ListItem } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { admit, isAdmitted, type DatasetVersion, type Purpose } from './datasets';
import { words } from '@/shared/text/format';
import { Person } from '@/shared/ui/Person';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { RoleButton } from '@/shared/ui/RoleButton';
import { Time } from '@/shared/ui/Time';

const purposes: { purpose: Purpose; label: string }[] = [
  { purpose: 'EVALUATE', label: 'Evaluate: measure variants on its rows' },
  { purpose: 'INDEX', label: 'Index: retrieve examples from its training rows' },
  { purpose: 'TRAIN', label: 'Train: tune models on its training rows' },
];

/** Asks the workspace's policy; without its yes nothing can be evaluated, indexed or trained. */
export function AdmissionPanel({ version }: { version: DatasetVersion }): ReactNode {
  const { dataset, version: number, admission } = version;
  const queries = useQueryClient();
  const [asked, ask] = useState<Purpose[]>(purposes.map(({ purpose }) => purpose));
  const requesting = useMutation({
    mutationFn: () => admit(dataset, number, asked),
    // A refusal is kept with the version, too.
    onSettled: () => queries.invalidateQueries({ queryKey: ['datasets'] }),
  });
  return (
    <Card isCompact id="admission">
      <CardTitle component="h2">Admission</CardTitle>
      <CardBody className="pl-stack">
        <p>
          A policy of the workspace decides by the report and the splits what the rows may be used for; the decision
          goes into the ledger.
        </p>
        {admission && !requesting.isError && (
          <Alert
            isInline
            component="h3"
            variant={isAdmitted(version) ? 'success' : 'warning'}
            title={
              isAdmitted(version)
                ? `Admitted to ${admission.purposes.map(words).join(', ').toLowerCase()}`
                : 'Not admitted'
            }
          >
            {admission.reasons.length > 0 && (
              <List>
                {admission.reasons.map((reason) => (
                  <ListItem key={reason}>{reason}</ListItem>
                ))}
              </List>
            )}
            <p>
              Asked by <Person actor={admission.decidedBy} />, <Time at={admission.decidedAt} />
            </p>
          </Alert>
        )}
        {requesting.isError && <ProblemPanel error={requesting.error} />}
        {(requesting.isError || (admission && !isAdmitted(version))) && (
          <p>
            Licence and legal basis are said under Describe, on the page of{' '}
            <Link to="/datasets/$name" params={{ name: dataset }}>
              {dataset}
            </Link>
            .
          </p>
        )}
        <div role="group" aria-label="Purposes">
          {purposes.map(({ purpose, label }) => (
            <Checkbox
              key={purpose}
              id={`purpose-${purpose}`}
              label={label}
              isChecked={asked.includes(purpose)}
              onChange={(_event, checked) =>
                ask(checked ? [...asked, purpose] : asked.filter((one) => one !== purpose))
              }
            />
          ))}
        </div>
        <div>
          <RoleButton
            variant={isAdmitted(version) ? 'secondary' : 'primary'}
            roles={['data-steward']}
            reason={asked.length === 0 ? 'Choose at least one purpose.' : undefined}
            isLoading={requesting.isPending}
            isDisabled={requesting.isPending}
            onClick={() => requesting.mutate()}
          >
            {admission ? 'Request admission again' : 'Request admission'}
          </RoleButton>
        </div>
      </CardBody>
    </Card>
  );
}
