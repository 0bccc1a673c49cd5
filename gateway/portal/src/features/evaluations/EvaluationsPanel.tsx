import { Button, Card, CardBody, CardHeader, CardTitle, Flex, Progress } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { cancelRun } from './evaluations';
import { carriesVerdicts, suitesQuery } from '@/shared/data/suites';
import { baselinesQuery, runsQuery, type Run } from '@/shared/data/evaluations';
import { variantName, variantsQuery } from '@/shared/data/variants';
import { useOpenForm } from '@/shared/data/applicationForm';
import { ComparisonPanel } from './ComparisonPanel';
import { SuitesPanel } from './SuitesPanel';
import { TradeoffPanel } from './tradeoff/TradeoffPanel';
import { VerdictsPanel } from './VerdictsPanel';
import { count, inSentence } from '@/shared/text/format';
import { TableFrame } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { RoleButton } from '@/shared/ui/RoleButton';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

const engineers = ['prompt-engineer', 'ml-engineer'] as const;

/** The runs of an application, the verdicts on them and the latest comparison. */
export function EvaluationsPanel({ application }: { application: string }): ReactNode {
  const runs = useQuery(runsQuery(application));
  const open = useOpenForm();
  const measure = (
    <RoleButton roles={[...engineers]} variant="primary" size="sm" onClick={() => open('run')}>
      Evaluate a variant
    </RoleButton>
  );
  const compare = (
    <RoleButton roles={[...engineers]} variant="secondary" size="sm" onClick={() => open('compare')}>
      Compare
    </RoleButton>
  );
  return (
    <div className="pl-stack">
      <Card>
        <CardHeader
          actions={{
            actions: (
              <>
                {measure} {compare}
              </>
            ),
            hasNoOffset: true,
          }}
        >
          <CardTitle component="h2">Runs</CardTitle>
        </CardHeader>
        <CardBody>
          <Loaded query={runs} what="runs">
            {({ items }) =>
              items.length === 0 ? (
                <Empty title="No runs yet" action={measure}>
                  A run sends every item of a suite to a variant and records each answer with its latency and cost.
                  Metrics and verdicts are computed from them.
                </Empty>
              ) : (
                <RunTable application={application} runs={items} />
              )
            }
          </Loaded>
        </CardBody>
      </Card>
      <TradeoffPanel application={application} />
      <VerdictsPanel application={application} />
      <ComparisonPanel application={application} />
      <SuitesPanel application={application} />
    </div>
  );
}

function RunTable({ application, runs }: { application: string; runs: Run[] }): ReactNode {
  const queries = useQueryClient();
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  const suites = useQuery(suitesQuery).data?.items ?? [];
  const baselines = useQuery(baselinesQuery(application)).data?.items ?? [];
  const cancelling = useMutation({
    mutationFn: cancelRun,
    onSettled: () => queries.invalidateQueries({ queryKey: ['runs', application] }),
  });
  return (
    <>
      {cancelling.isError && <ProblemPanel error={cancelling.error} />}
      <TableFrame aria-label="Runs">
        <Thead>
          <Tr>
            <Th>Variant</Th>
            <Th>State</Th>
            <Th>Suite</Th>
            <Th className="pl-number">Items</Th>
            <Th>Started</Th>
            <Th screenReaderText="Actions" />
          </Tr>
        </Thead>
        <Tbody>
          {runs.map((run) => {
            const name = variantName(variants, run.variantDigest);
            const suite = suites.find(({ suiteDigest }) => suiteDigest === run.suiteDigest);
            const baselineOf = baselines.filter(({ runId }) => runId === run.runId);
            return (
              <Tr key={run.runId}>
                <Td dataLabel="Variant">
                  <Link to="/runs/$run" params={{ run: run.runId }}>
                    {name}
                  </Link>
                  {baselineOf.length > 0 && (
                    <div className="pl-subtle">
                      baseline of {baselineOf.map(({ phase }) => inSentence(phase)).join(', ')}
                    </div>
                  )}
                </Td>
                <Td dataLabel="State">
                  <RunState run={run} />
                </Td>
                <Td dataLabel="Suite">{suite ? `${suite.name} v${suite.version}` : '—'}</Td>
                <Td dataLabel="Items" className="pl-number">
                  {count(run.items)}
                </Td>
                <Td dataLabel="Started">
                  <Time at={run.createdAt} />
                </Td>
                <Td dataLabel="Actions" isActionCell>
                  <RunActions
                    run={run}
                    name={name}
                    explores={suite !== undefined && !carriesVerdicts(suite)}
                    onCancel={() => cancelling.mutate(run.runId)}
                  />
                </Td>
              </Tr>
            );
          })}
        </Tbody>
      </TableFrame>
    </>
  );
}

function RunState({ run: { state, progress, etaSeconds, reason, activity } }: { run: Run }): ReactNode {
  if (state !== 'RUNNING') {
    return (
      <>
        <StateLabel state={state} />
        {reason != null && <div className="pl-subtle pl-anywhere">{reason}</div>}
      </>
    );
  }
  return (
    <>
      <Progress value={Math.round(progress * 100)} aria-label="Progress of the run" size="sm" className="pl-progress" />
      {etaSeconds != null && <div className="pl-subtle">about {count(etaSeconds)} s left</div>}
      {activity != null && <div className="pl-subtle pl-anywhere">{activity}</div>}
    </>
  );
}

interface RunActionsProps {
  run: Run;
  name: string;
  /** Whether the run is exploration, which can be neither judged nor a baseline. */
  explores: boolean;
  onCancel: () => void;
}

function RunActions({ run, name, explores, onCancel }: RunActionsProps): ReactNode {
  const open = useOpenForm();
  if (run.state === 'RUNNING') {
    return (
      <Button size="sm" variant="secondary" isDanger onClick={onCancel} aria-label={`Cancel the run of ${name}`}>
        Cancel
      </Button>
    );
  }
  if (run.state !== 'FINISHED' || explores) return null;
  return (
    <Flex gap={{ default: 'gapSm' }} flexWrap={{ default: 'nowrap' }}>
      <RoleButton
        roles={[...engineers]}
        size="sm"
        variant="secondary"
        onClick={() => open('verdict', { run: run.runId })}
        aria-label={`Request a verdict on ${name}`}
      >
        Verdict
      </RoleButton>
      <RoleButton
        roles={[...engineers]}
        size="sm"
        variant="link"
        onClick={() => open('baseline', { run: run.runId })}
        aria-label={`Record ${name} as baseline`}
      >
        Baseline
      </RoleButton>
    </Flex>
  );
}
