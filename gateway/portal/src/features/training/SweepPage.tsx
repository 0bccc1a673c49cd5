import { Card, CardBody, CardTitle, Label, PageSection, Progress } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { cancelSweep, sweepQuery, type Sweep } from './jobs';
import { count, decimal, fixed, inSentence, words } from '@/shared/text/format';
import { metricName, metricValue } from '@/shared/text/metrics';
import { ApplicationLink } from '@/shared/ui/ApplicationLink';
import { TableFrame } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { LinkButton } from '@/shared/ui/LinkButton';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { RoleButton } from '@/shared/ui/RoleButton';
import { StateLabel } from '@/shared/ui/StateLabel';

export function SweepPage(): ReactNode {
  const { sweep: id } = useParams({ from: '/sweeps/$sweep' });
  const query = useQuery(sweepQuery(id));
  const queries = useQueryClient();
  const cancelling = useMutation({
    mutationFn: () => cancelSweep(id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['training'] }),
  });
  return (
    <>
      <PageHeader
        title={`Sweep ${id.slice(-12)}`}
        trail={[
          <Link key="training" to="/training" search={{ tab: 'sweeps' }}>
            Training
          </Link>,
        ]}
        labels={query.data && <StateLabel state={query.data.state} />}
        actions={
          query.data?.state === 'RUNNING' && (
            <RoleButton
              variant="secondary"
              isDanger
              roles={['ml-engineer']}
              isLoading={cancelling.isPending}
              isDisabled={cancelling.isPending}
              onClick={() => cancelling.mutate()}
            >
              Cancel the sweep
            </RoleButton>
          )
        }
      />
      <PageSection isFilled>
        {cancelling.isError && <ProblemPanel error={cancelling.error} />}
        <Loaded query={query} what="the sweep">
          {(sweep) => (
            <div className="pl-stack">
              <Summary sweep={sweep} />
              <Trials sweep={sweep} />
            </div>
          )}
        </Loaded>
      </PageSection>
    </>
  );
}

function Summary({ sweep }: { sweep: Sweep }): ReactNode {
  const {
    application,
    baseModel,
    splitDigest,
    grid,
    gridSize,
    trials,
    metric,
    progress,
    reason,
    state,
    bestJobId,
    bestValue,
    computeSeconds,
  } = sweep;
  return (
    <Card isCompact>
      <CardTitle component="h2">
        {baseModel} for <ApplicationLink name={application} />
      </CardTitle>
      <CardBody className="pl-stack">
        <p>
          Split <DigestText value={splitDigest} />
          {Object.entries(grid).map(([name, values]) => ` · ${inSentence(name)} ${values.map(decimal).join(', ')}`)}
          {' · '}
          {count(trials.length)} of {count(gridSize)} combinations · {fixed(computeSeconds, 1)} s computed
        </p>
        {reason != null && <p>{reason}</p>}
        {state === 'RUNNING' && (
          <Progress aria-label="Progress of the sweep" value={Math.round(progress * 100)} title="Trials finished" />
        )}
        {bestJobId != null && bestValue != null && (
          <p>
            Best: {metricName(metric)} {metricValue(metric, bestValue)} on the validation subset, by{' '}
            <Link to="/training/$job" params={{ job: bestJobId }}>
              job {bestJobId.slice(-12)}
            </Link>
            .{' '}
            {state !== 'RUNNING' && (
              <LinkButton variant="link" isInline to="/models" search={{ register: bestJobId }}>
                Register it as a model version
              </LinkButton>
            )}
          </p>
        )}
      </CardBody>
    </Card>
  );
}

function Trials({ sweep: { grid, trials, metric, bestJobId } }: { sweep: Sweep }): ReactNode {
  const axes = Object.keys(grid);
  const ranked = trials.toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1));
  return (
    <Card isCompact>
      <CardTitle component="h2">Trials, best first</CardTitle>
      <CardBody>
        <TableFrame aria-label="Trials">
          <Thead>
            <Tr>
              <Th>Job</Th>
              {axes.map((axis) => (
                <Th key={axis} className="pl-number">
                  {words(axis)}
                </Th>
              ))}
              <Th className="pl-number">{metricName(metric)}</Th>
              <Th>State</Th>
            </Tr>
          </Thead>
          <Tbody>
            {ranked.map(({ jobId, point, value, state }) => (
              <Tr key={JSON.stringify(point)}>
                <Td dataLabel="Job">
                  {jobId == null ? (
                    '—'
                  ) : (
                    <Link to="/training/$job" params={{ job: jobId }}>
                      <code>{jobId.slice(-12)}</code>
                    </Link>
                  )}{' '}
                  {jobId != null && jobId === bestJobId && (
                    <Label isCompact color="green">
                      best
                    </Label>
                  )}
                </Td>
                {axes.map((axis) => (
                  <Td key={axis} dataLabel={words(axis)} className="pl-number">
                    {point[axis] !== undefined && decimal(point[axis])}
                  </Td>
                ))}
                <Td dataLabel={metricName(metric)} className="pl-number">
                  {value == null ? '—' : metricValue(metric, value)}
                </Td>
                <Td dataLabel="State">{state == null ? 'queued' : <StateLabel state={state} />}</Td>
              </Tr>
            ))}
          </Tbody>
        </TableFrame>
      </CardBody>
    </Card>
  );
}
