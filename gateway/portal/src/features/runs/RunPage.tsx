import { Alert, Card, CardBody, CardTitle, PageSection, Progress } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { AbstentionPanel } from './AbstentionPanel';
import { ClassTable, ConfusionTable } from './ClassTables';
import { ItemsPanel } from './ItemsPanel';
import { suiteQuery, type Run } from './runs';
import { runQuery } from '@/shared/data/evaluations';
import { variantQuery } from '@/shared/data/variants';
import { RunFigures } from './RunFigures';
import { RunJudging } from './RunJudging';
import { ScoresPanel } from './ScoresPanel';
import { SealedOutputs } from './SealedOutputs';
import { carriesVerdicts, sampled } from '@/shared/data/suites';
import { count, words } from '@/shared/text/format';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Person } from '@/shared/ui/Person';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

/** The page of a run: its suite, metrics and answers. */
export function RunPage(): ReactNode {
  const { run: id } = useParams({ from: '/runs/$run' });
  const query = useQuery(runQuery(id));
  const run = query.data;
  const variant = useQuery(variantQuery(run?.variantDigest)).data;
  return (
    <>
      <PageHeader
        title={variant ? `Run of ${variant.name}` : 'Run'}
        trail={[
          <Link key="apps" to="/apps">
            Applications
          </Link>,
          run && (
            <Link key="app" to="/apps/$app" params={{ app: run.application }} search={{ tab: 'evaluations' }}>
              {run.application}
            </Link>
          ),
        ].filter(Boolean)}
        labels={run && <StateLabel state={run.state} />}
        description={run && <Described run={run} />}
      />
      <PageSection isFilled>
        <Loaded query={query} what="the run" rows={8}>
          {(loaded) => <Parts run={loaded} />}
        </Loaded>
      </PageSection>
    </>
  );
}

function Described({
  run: {
    suiteDigest,
    items,
    failedItems,
    reusedItems,
    notReused,
    fallbackItems,
    processors,
    leakage,
    createdBy,
    createdAt,
    seed,
  },
}: {
  run: Run;
}): ReactNode {
  const suite = useQuery(suiteQuery(suiteDigest)).data;
  return (
    <>
      {suite && (
        <>
          Suite {suite.name} v{suite.version} on the subset {suite.definition.subset} of{' '}
          <Link
            to="/datasets/$name/versions/$version"
            params={{ name: suite.dataset, version: String(suite.datasetVersion) }}
          >
            {suite.dataset} v{suite.datasetVersion}
          </Link>{' '}
          ·{' '}
        </>
      )}
      {count(items)} items{suite && sampled(suite)}
      {leakage && leakage.leaking > 0 && `, ${described(leakage)}`}
      {failedItems > 0 && `, ${count(failedItems)} without an answer`}
      {reusedItems > 0 &&
        `, ${count(reusedItems)} answers reused from earlier runs ` +
          '(if the model’s server has changed since, start a run without reuse through the API)'}
      {fallbackItems > 0 && `, ${count(fallbackItems)} answered by the fallback`}
      {processors.length > 0 && `, computed on ${processors.join(' and ')}`}
      {notReused != null && `, ${reusedItems > 0 ? 'others not' : 'no answers'} reused: ${notReused}`}
      {` · seed ${seed} · started by `}
      <Person actor={createdBy} /> <Time at={createdAt} />
    </>
  );
}

const sources: Record<string, string> = {
  TRAINING: 'the training subset',
  VALIDATION: 'the validation rows that chose its checkpoint',
  EXAMPLES: "the prompt's examples",
  PROMPT: 'the rest of the prompt',
  INDEX: 'the index',
};

/** Describes the items that were left out because the variant has used them. */
function described({ items, leaking, sources: found }: NonNullable<Run['leakage']>): string {
  const where = Object.entries(found).map(([source, one]) => `${count(one)} in ${sources[source] ?? words(source)}`);
  return `${count(leaking)} of ${count(items)} left out as leaking: ${where.join(', ')}`;
}

function Parts({ run }: { run: Run }): ReactNode {
  const suite = useQuery(suiteQuery(run.suiteDigest)).data;
  const shows = run.state === 'FINISHED' && !run.sealed;
  return (
    <div className="pl-stack">
      {run.reason != null && <Alert isInline variant="danger" component="h2" title={run.reason} />}
      {run.state === 'RUNNING' && (
        <Progress
          value={Math.round(run.progress * 100)}
          title="Evaluating"
          helperText={[run.activity, run.etaSeconds == null ? undefined : `about ${count(run.etaSeconds)} s left`]
            .filter((part) => part != null)
            .join(' · ')}
        />
      )}
      {Object.keys(run.metrics).length > 0 && (
        <Card>
          <CardTitle component="h2">Metrics</CardTitle>
          <CardBody>
            <RunFigures run={run} suite={suite} />
          </CardBody>
          <RunJudging run={run} />
        </Card>
      )}
      {run.classes.length > 0 && (
        <Card>
          <CardTitle component="h2">By label</CardTitle>
          <CardBody className="pl-stack">
            <ClassTable classes={run.classes} />
            {run.confusion && <ConfusionTable confusion={run.confusion} linked={!run.sealed} />}
          </CardBody>
        </Card>
      )}
      {shows && <ScoresPanel run={run} />}
      {shows && suite && !carriesVerdicts(suite) && <AbstentionPanel run={run} />}
      <Card id="answers">
        <CardTitle component="h2">Answers</CardTitle>
        <CardBody>{run.sealed ? <SealedOutputs run={run} /> : <ItemsPanel run={run} suite={suite} />}</CardBody>
      </Card>
    </div>
  );
}
