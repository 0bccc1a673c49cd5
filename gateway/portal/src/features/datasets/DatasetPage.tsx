import { Card, CardBody, CardTitle, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { datasetQuery, versionsQuery, type Dataset } from './datasets';
import { DescribeDatasetDialog } from './DescribeDatasetDialog';
import { DraftPanel } from './DraftPanel';
import { UploadPanel } from './UploadPanel';
import { VersionTable } from './VersionTable';
import { words } from '@/shared/text/format';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { PagedList } from '@/shared/ui/PagedList';
import { RoleButton } from '@/shared/ui/RoleButton';

export function DatasetPage(): ReactNode {
  const { name } = useParams({ from: '/datasets/$name' });
  const { page: token } = useSearch({ from: '/datasets/$name' });
  const navigate = useNavigate({ from: '/datasets/$name' });
  const [describing, describe] = useState(false);
  const query = useQuery(datasetQuery(name));
  const versions = useQuery(versionsQuery(name, token));
  return (
    <>
      <PageHeader
        title={name}
        about="Dataset"
        trail={[
          <Link key="datasets" to="/datasets">
            Datasets
          </Link>,
        ]}
        description={query.data?.description}
        actions={
          query.data && (
            <RoleButton variant="secondary" roles={['data-steward']} onClick={() => describe(true)}>
              Edit details
            </RoleButton>
          )
        }
      />
      <PageSection isFilled>
        <div className="pl-stack">
          <Loaded query={query} what="the dataset">
            {(dataset) => (
              <>
                <Summary dataset={dataset} />
                <UploadPanel dataset={dataset} />
                {describing && <DescribeDatasetDialog dataset={dataset} onClose={() => describe(false)} />}
              </>
            )}
          </Loaded>
          <DraftPanel dataset={name} />
          <Card isCompact>
            <CardTitle component="h2">Versions</CardTitle>
            <CardBody>
              <PagedList
                query={versions}
                what="versions"
                token={token}
                onToken={(next) => void navigate({ search: { page: next } })}
                empty={
                  <Empty title="No rows yet">
                    Upload a file above. It becomes version 1 with a report on duplicates, labels and personal data.
                  </Empty>
                }
              >
                {(items) => <VersionTable versions={items} />}
              </PagedList>
            </CardBody>
          </Card>
        </div>
      </PageSection>
    </>
  );
}

function Summary({
  dataset: { kind, licence, legalBasis, textColumn, labelColumn, labels },
}: {
  dataset: Dataset;
}): ReactNode {
  return (
    <p>
      {words(kind)}
      {textColumn != null && (
        <>
          {' '}
          · text in <code>{textColumn}</code>
        </>
      )}
      {labelColumn != null && (
        <>
          , label in <code>{labelColumn}</code>
        </>
      )}
      {labels.length > 0 && ` (${labels.join(', ')})`} · licence: {licence || 'none given'} · legal basis:{' '}
      {legalBasis || 'none given'}
    </p>
  );
}
