import { Button, Card, CardBody, CardTitle, Label, PageSection, Progress } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { cancel, isOver, jobQuery, type TrainingJob } from './jobs';
import { LossCurve } from './LossCurve';
import { useCurve } from './useCurve';
import { may, useSession } from '@/shared/session/session';
import { DigestText } from '@/shared/ui/DigestText';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { StateLabel } from '@/shared/ui/StateLabel';

export function TrainingJobPage(): ReactNode {
  const { job: id } = useParams({ from: '/training/$job' });
  const query = useQuery(jobQuery(id));
  return (
    <>
      <PageHeader
        title={`Job ${id.slice(-12)}`}
        trail={[<Link key="training" to="/training">Training</Link>]}
        labels={query.data && <StateLabel state={query.data.state} />}
        actions={query.data && <Cancel job={query.data} />}
      />
      <PageSection isFilled className="pl-stack">
        <Loaded query={query} what="the job">
          {(job) => <Facts job={job} />}
        </Loaded>
        <Losses id={id} over={query.data ? isOver(query.data.state) : false} />
      </PageSection>
    </>
  );
}

function Facts({ job }: { job: TrainingJob }): ReactNode {
  const { application, baseModel, method, splitDigest, progress, message, reason, etaSeconds, state, hyperparameters = {}, metrics } = job;
  const settings = Object.entries(hyperparameters).map(([name, value]) => `${name} ${String(value)}`);
  return (
    <Card isCompact>
      <CardTitle component="h2">
        {baseModel}, {method} for{' '}
        <Link to="/apps/$app" params={{ app: application }}>
          {application}
        </Link>
      </CardTitle>
      <CardBody className="pl-stack">
        <p>
          Split <DigestText value={splitDigest} />
          {settings.length > 0 && ` · ${settings.join(' · ')}`}
        </p>
        {reason != null && <p>{reason}</p>}
        {!isOver(state) && (
          <Progress
            aria-label="Progress of the job"
            value={Math.round((progress ?? 0) * 100)}
            title={[message, etaSeconds == null ? undefined : `about ${Math.ceil(etaSeconds)} s left`].filter(Boolean).join(' · ') || 'Waiting'}
          />
        )}
        {metrics && <p>{Object.entries(metrics).map(([name, value]) => `${name} ${value.toFixed(3)}`).join(' · ')}</p>}
      </CardBody>
    </Card>
  );
}

function Losses({ id, over }: { id: string; over: boolean }): ReactNode {
  const { points, stale } = useCurve(id);
  return (
    <Card isCompact>
      <CardTitle component="h2">
        Loss {stale && !over && <Label isCompact status="warning">stale: connecting again</Label>}
      </CardTitle>
      <CardBody>
        {points.length === 0 ? (
          <Empty title="No epoch reported yet">The curve grows while the job runs, one point an epoch.</Empty>
        ) : (
          <>
            <LossCurve points={points} />
            <Table aria-label="Loss by epoch" variant="compact">
              <Thead>
                <Tr>
                  <Th className="pl-number">Epoch</Th>
                  <Th className="pl-number">Training</Th>
                  <Th className="pl-number">Validation</Th>
                </Tr>
              </Thead>
              <Tbody>
                {points.toReversed().map(({ epoch, trainLoss, validationLoss }) => (
                  <Tr key={epoch}>
                    <Td dataLabel="Epoch" className="pl-number">{epoch}</Td>
                    <Td dataLabel="Training" className="pl-number">{trainLoss?.toFixed(4) ?? '—'}</Td>
                    <Td dataLabel="Validation" className="pl-number">{validationLoss?.toFixed(4) ?? '—'}</Td>
                  </Tr>
                ))}
              </Tbody>
            </Table>
          </>
        )}
      </CardBody>
    </Card>
  );
}

function Cancel({ job: { jobId, state } }: { job: TrainingJob }): ReactNode {
  const queries = useQueryClient();
  const cancelling = useMutation({
    mutationFn: () => cancel(jobId),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['training'] }),
  });
  const mayCancel = may(useSession(), 'ml-engineer', 'sre');
  if (isOver(state) || !mayCancel) return null;
  return (
    <>
      {cancelling.isError && <ProblemPanel error={cancelling.error} />}
      <Button variant="secondary" isDanger isLoading={cancelling.isPending} onClick={() => cancelling.mutate()}>
        Cancel the job
      </Button>
    </>
  );
}
