import { PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { AdmissionPanel } from './AdmissionPanel';
import { datasetQuery, datasetVersionQuery, isAdmitted, kindsText, splitsQuery, type DatasetVersion } from './datasets';
import { ExportPanel } from './files/ExportPanel';
import { FindingsPanel } from './FindingsPanel';
import { IngestPanel } from './IngestPanel';
import { ItemsPanel } from './ItemsPanel';
import { MaskPanel } from './MaskPanel';
import { NextStep } from './NextStep';
import { ReportPanel } from './ReportPanel';
import { SplitsPanel } from './SplitsPanel';
import { StaleQuestionsPanel } from './staleness/StaleQuestionsPanel';
import { count } from '@/shared/text/format';
import { DigestText } from '@/shared/ui/DigestText';
import { LinkButton } from '@/shared/ui/LinkButton';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { StateLabel } from '@/shared/ui/StateLabel';

export function DatasetVersionPage(): ReactNode {
  const { name, version } = useParams({ from: '/datasets/$name/versions/$version' });
  const number = Number(version);
  const query = useQuery(datasetVersionQuery(name, number));
  return (
    <>
      <PageHeader
        title={`${name} v${version}`}
        about="Dataset"
        trail={[
          <Link key="datasets" to="/datasets">
            Datasets
          </Link>,
          <Link key="dataset" to="/datasets/$name" params={{ name }}>
            {name}
          </Link>,
        ]}
        labels={
          query.data && (
            <>
              <StateLabel state={query.data.state} />
              {query.data.admission && <StateLabel state={isAdmitted(query.data) ? 'ADMITTED' : 'REFUSED'} />}
            </>
          )
        }
        actions={
          <>
            {query.data?.state === 'READY' && (
              <LinkButton
                variant="secondary"
                to="/datasets/$name/versions/$version/datasheet"
                params={{ name, version }}
              >
                Datasheet
              </LinkButton>
            )}
            {number > 1 && (
              <LinkButton
                variant="secondary"
                to="/datasets/$name/versions/$version"
                params={{ name, version: String(number - 1) }}
              >
                Version {number - 1}
              </LinkButton>
            )}
          </>
        }
      />
      <PageSection isFilled>
        <Loaded query={query} what="the version" rows={8}>
          {(loaded) => (loaded.state === 'READY' ? <Ready version={loaded} /> : <IngestPanel version={loaded} />)}
        </Loaded>
      </PageSection>
    </>
  );
}

function Ready({ version }: { version: DatasetVersion }): ReactNode {
  const {
    dataset,
    version: number,
    rows,
    masked,
    maskedKinds,
    derivedFrom,
    versionDigest,
    reportDigest,
    report,
  } = version;
  const splits = useQuery(splitsQuery(dataset, number));
  const described = useQuery(datasetQuery(dataset));
  return (
    <div className="pl-stack">
      <p>
        {count(rows)} rows
        {derivedFrom != null && ` · derived from v${derivedFrom}`}
        {masked && ` · masked: ${kindsText(maskedKinds)}`}
        {' · version '}
        <DigestText value={versionDigest} /> · report <DigestText value={reportDigest} />
      </p>
      <NextStep version={version} splits={splits.data?.items} kind={described.data?.kind} />
      {report && <ReportPanel report={report} />}
      <ItemsPanel version={version} splits={splits.data?.items} kind={described.data?.kind} />
      {described.data?.kind === 'QUESTION_ANSWER' && <StaleQuestionsPanel dataset={dataset} version={number} />}
      <FindingsPanel version={version} />
      <MaskPanel version={version} />
      <SplitsPanel version={version} splits={splits} kind={described.data?.kind} />
      <Loaded query={described} what="the dataset">
        {({ kind }) => (
          <>
            <AdmissionPanel version={version} kind={kind} />
            <ExportPanel version={version} kind={kind} />
          </>
        )}
      </Loaded>
    </div>
  );
}
