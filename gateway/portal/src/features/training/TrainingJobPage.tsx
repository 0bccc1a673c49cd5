import { Card, CardBody, CardTitle, Label, PageSection, Progress } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { JobControls } from './JobControls';
import { isOver, jobQuery, type Epoch, type TrainingJob } from './jobs';
import { LossCurve } from './LossCurve';
import { useCurve } from './useCurve';
import { count, decimal, inSentence } from '@/shared/text/format';
import { metricName, metricValue } from '@/shared/text/metrics';
import { money } from '@/shared/text/money';
import { ApplicationLink } from '@/shared/ui/ApplicationLink';
import { DataTable } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { StateLabel } from '@/shared/ui/StateLabel';

export function TrainingJobPage(): ReactNode {
  const { job: id } = useParams({ from: '/training/$job' });
  const query = useQuery(jobQuery(id));
  return (
    <>
      <PageHeader
        title={`Job ${id.slice(-12)}`}
        trail={[
          <Link key="training" to="/training">
            Training
          </Link>,
        ]}
        labels={query.data && <StateLabel state={query.data.state} />}
        actions={query.data && <JobControls job={query.data} />}
      />
      <PageSection isFilled>
        <div className="pl-stack">
          <Loaded query={query} what="the job">
            {(job) => <Summary job={job} />}
          </Loaded>
          {!query.isError && (
            <Losses id={id} known={query.data?.epochs ?? []} over={query.data ? isOver(query.data.state) : false} />
          )}
        </div>
      </PageSection>
    </>
  );
}

function Summary({ job }: { job: TrainingJob }): ReactNode {
  const {
    application,
    baseModel,
    method,
    dataset,
    datasetVersion,
    splitDigest,
    progress,
    etaSeconds,
    reason,
    state,
    hyperparameters,
  } = job;
  const { result, spend, maxSpend, embedded, texts, epoch } = job;
  const settings = Object.entries(hyperparameters).map(([name, value]) => ` · ${inSentence(name)} ${decimal(value)}`);
  const left = etaSeconds == null ? undefined : `about ${count(Math.ceil(etaSeconds))} s left`;
  const doing =
    epoch > 0
      ? `epoch ${count(epoch)}`
      : texts > 0
        ? `${count(embedded)} of ${count(texts)} texts embedded`
        : 'waiting';
  return (
    <Card isCompact>
      <CardTitle component="h2">
        {baseModel}, {inSentence(method)}, for <ApplicationLink name={application} />
      </CardTitle>
      <CardBody className="pl-stack">
        <p>
          <Link to="/datasets/$name/versions/$version" params={{ name: dataset, version: String(datasetVersion) }}>
            {dataset} v{datasetVersion}
          </Link>
          , split <DigestText value={splitDigest} />
          {settings} · spent {money(spend)}
          {maxSpend && ` of at most ${money(maxSpend)}`}
        </p>
        {reason != null && <p>{reason}</p>}
        {!isOver(state) && (
          <Progress
            aria-label="Progress of the job"
            value={Math.round(progress * 100)}
            title={[doing, left].filter(Boolean).join(' · ')}
          />
        )}
        {result && (
          <p>
            Best after epoch {count(result.bestEpoch)}
            {result.stoppedEarly && ', stopped early'}:{' '}
            {Object.entries(result.metrics)
              .map(([metric, value]) => `${metricName(metric)} ${metricValue(metric, value)}`)
              .join(' · ')}
            {' · '}artifact <DigestText value={result.artifactDigest} />
          </p>
        )}
        {result?.suggestions.map(({ kind, finding, remedy }) => (
          <p key={kind}>
            {finding} {remedy}
          </p>
        ))}
      </CardBody>
    </Card>
  );
}

function Losses({ id, known, over }: { id: string; known: Epoch[]; over: boolean }): ReactNode {
  const queries = useQueryClient();
  const [refresh] = useState(() => () => void queries.invalidateQueries({ queryKey: ['training', id] }));
  const { epochs: streamed, stale } = useCurve(id, refresh);
  const epochs = streamed.length >= known.length ? streamed : known;
  return (
    <Card isCompact>
      <CardTitle component="h2">
        Loss{' '}
        {stale && !over && (
          <Label isCompact status="warning">
            stale: reconnecting
          </Label>
        )}
      </CardTitle>
      <CardBody>
        {epochs.length === 0 ? (
          <Empty title="No epoch reported">
            {over
              ? 'The job ended before its first epoch: its state and reason are above.'
              : 'The curve grows while the job runs, one point per epoch.'}
          </Empty>
        ) : (
          <>
            <LossCurve points={epochs} />
            <EpochTable epochs={epochs} />
          </>
        )}
      </CardBody>
    </Card>
  );
}

function EpochTable({ epochs }: { epochs: Epoch[] }): ReactNode {
  return (
    <DataTable
      aria-label="Loss by epoch"
      rows={epochs.toReversed()}
      rowKey={({ epoch }) => epoch}
      columns={[
        { header: 'Epoch', kind: 'number', cell: ({ epoch }) => count(epoch) },
        { header: 'Training loss', kind: 'number', cell: ({ trainLoss }) => trainLoss.toFixed(4) },
        { header: 'Validation loss', kind: 'number', cell: ({ validationLoss }) => validationLoss.toFixed(4) },
        {
          header: 'Validation accuracy',
          kind: 'number',
          cell: ({ validationAccuracy }) => validationAccuracy.toFixed(3),
        },
        {
          header: 'Validation macro F1',
          kind: 'number',
          cell: ({ validationMacroF1 }) => validationMacroF1.toFixed(3),
        },
      ]}
    />
  );
}
