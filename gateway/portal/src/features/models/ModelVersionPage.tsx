import {
  Button,
  Card,
  CardBody,
  CardTitle,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Label,
  LabelGroup,
  List,
  ListItem,
  PageSection,
} from '@patternfly/react-core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { cardQuery, markdownCard, type ModelCard } from './models';
import { DataPanel } from '@/shared/lineage/DataPanel';
import { decimal, fixed, inSentence, words } from '@/shared/text/format';
import { metricName, metricValue } from '@/shared/text/metrics';
import { money } from '@/shared/text/money';
import { ApplicationLink } from '@/shared/ui/ApplicationLink';
import { DigestText } from '@/shared/ui/DigestText';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Person } from '@/shared/ui/Person';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { Time } from '@/shared/ui/Time';
import { UsedBy } from '@/shared/variants/UsedBy';

export function ModelVersionPage(): ReactNode {
  const { name, version } = useParams({ from: '/models/$name/versions/$version' });
  const query = useQuery(cardQuery(name, Number(version)));
  const aliases = query.data?.aliases ?? [];
  return (
    <>
      <PageHeader
        title={`${name} v${version}`}
        about="Model"
        trail={[
          <Link key="models" to="/models">
            Models
          </Link>,
          <Link key="model" to="/models/$name" params={{ name }}>
            {name}
          </Link>,
        ]}
        description={query.data?.intendedUse}
        labels={
          aliases.length > 0 && (
            <LabelGroup aria-label="Aliases">
              {aliases.map((alias) => (
                <Label key={alias} isCompact>
                  {alias}
                </Label>
              ))}
            </LabelGroup>
          )
        }
      />
      <PageSection isFilled>
        <Loaded query={query} what="the model card" rows={8}>
          {(card) => (
            <div className="pl-stack">
              <p>
                Next: compose a variant with model <code>{`${card.model}@${card.version}`}</code> in{' '}
                <Link to="/apps/$app" params={{ app: card.lineage.application }} search={{ tab: 'variants' }}>
                  {card.lineage.application}
                </Link>{' '}
                and evaluate it on the test subset.
              </p>
              <Use card={card} />
              <UsedBy what={`${card.model}@${card.version}`} part={{ model: `${card.model}@${card.version}` }} />
              <Origin card={card} />
              <DataPanel nodeId={card.lineage.artifactDigest} />
            </div>
          )}
        </Loaded>
      </PageSection>
    </>
  );
}

/** The model card: everything to know before using a version. */
function Use({ card: { model, version, kind, labels, limits, validationMetrics } }: { card: ModelCard }): ReactNode {
  const copying = useMutation({
    mutationFn: async () => navigator.clipboard.writeText(await markdownCard(model, version)),
  });
  return (
    <Card isCompact>
      <CardTitle component="h2">Model card</CardTitle>
      <CardBody className="pl-stack">
        <p>{kind}</p>
        <p>Labels: {labels.join(', ')}</p>
        <p>
          On the validation subset:{' '}
          {Object.entries(validationMetrics)
            .map(([metric, value]) => `${metricName(metric)} ${metricValue(metric, value)}`)
            .join(' · ')}
        </p>
        <List>
          {limits.map((limit) => (
            <ListItem key={limit}>{limit}</ListItem>
          ))}
        </List>
        {copying.isError && <ProblemPanel error={copying.error} />}
        <Button
          variant="secondary"
          isLoading={copying.isPending}
          isDisabled={copying.isPending}
          onClick={() => copying.mutate()}
        >
          Copy as Markdown
        </Button>{' '}
        <span role="status">{copying.isSuccess && 'copied'}</span>
      </CardBody>
    </Card>
  );
}

function Origin({ card: { lineage, author, registeredBy, registeredAt } }: { card: ModelCard }): ReactNode {
  const {
    jobId,
    application,
    method,
    baseModel,
    baseLicence,
    baseDigest,
    encoder,
    encoderDigest,
    datasetDigest,
    splitDigest,
    checkpointDigest,
    artifactDigest,
  } = lineage;
  const details: [string, ReactNode][] = [
    [
      'Training job',
      <Link key="job" to="/training/$job" params={{ job: jobId }}>
        {jobId.slice(-12)}
      </Link>,
    ],
    ['Application', <ApplicationLink key="app" name={application} />],
    ['Dataset version', <DigestText key="dataset" value={datasetDigest} />],
    ['Split', <DigestText key="split" value={splitDigest} />],
    [
      'Base model',
      <span key="base">
        {baseModel} ({baseLicence}) <DigestText value={baseDigest} />
      </span>,
    ],
    [
      'Encoder',
      <span key="encoder">
        {encoder} <DigestText value={encoderDigest} />
      </span>,
    ],
    ['Method', words(method)],
    [
      'Settings',
      Object.entries(lineage.hyperparameters)
        .map(([name, value]) => `${inSentence(name)} ${decimal(Number(value))}`)
        .join(' · '),
    ],
    ['Checkpoint', <DigestText key="checkpoint" value={checkpointDigest} />],
    ['Artifact', <DigestText key="artifact" value={artifactDigest} />],
    ['Cost', `${money(lineage.cost)}, ${fixed(lineage.computeSeconds, 1)} s computed`],
    ['Author', <Person key="author" actor={author} />],
    [
      'Registered',
      <span key="registered">
        <Time at={registeredAt} /> by <Person actor={registeredBy} />
      </span>,
    ],
  ];
  return (
    <Card isCompact>
      <CardTitle component="h2">Lineage</CardTitle>
      <CardBody>
        <DescriptionList isHorizontal isCompact>
          {details.map(([term, detail]) => (
            <DescriptionListGroup key={term}>
              <DescriptionListTerm>{term}</DescriptionListTerm>
              <DescriptionListDescription>{detail}</DescriptionListDescription>
            </DescriptionListGroup>
          ))}
        </DescriptionList>
      </CardBody>
    </Card>
  );
}
