import { PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { CreateDatasetDialog } from './CreateDatasetDialog';
import { datasetsQuery, type Dataset } from './datasets';
import { words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { PageHeader } from '@/shared/ui/PageHeader';
import { PagedList } from '@/shared/ui/PagedList';
import { RoleButton } from '@/shared/ui/RoleButton';

export function DatasetsPage(): ReactNode {
  const { page: token } = useSearch({ from: '/datasets' });
  const navigate = useNavigate({ from: '/datasets' });
  const [creating, create] = useState(false);
  const newDataset = (
    <RoleButton variant="primary" roles={['data-steward']} onClick={() => create(true)}>
      New dataset
    </RoleButton>
  );
  return (
    <>
      <PageHeader
        title="Datasets"
        description={
          'Each version has a report. Only admitted versions can be used for training, indexes and ' + 'evaluation.'
        }
        actions={newDataset}
      />
      <PageSection isFilled>
        <PagedList
          query={useQuery(datasetsQuery(token))}
          what="datasets"
          token={token}
          onToken={(next) => void navigate({ search: { page: next } })}
          empty={
            <Empty title="No datasets yet" action={newDataset}>
              A dataset holds labelled texts, conversations, questions, preferences or documents. Use it to evaluate
              prompts, to retrieve examples and to train models. Upload rows as CSV or JSON Lines.
            </Empty>
          }
        >
          {(items) => <DatasetTable datasets={items} />}
        </PagedList>
        {creating && <CreateDatasetDialog onClose={() => create(false)} />}
      </PageSection>
    </>
  );
}

function DatasetTable({ datasets }: { datasets: Dataset[] }): ReactNode {
  return (
    <DataTable
      aria-label="Datasets"
      rows={datasets}
      rowKey={({ name }) => name}
      columns={[
        {
          header: 'Dataset',
          cell: ({ name }) => (
            <Link to="/datasets/$name" params={{ name }}>
              {name}
            </Link>
          ),
        },
        { header: 'Description', kind: 'anywhere', cell: ({ description }) => description },
        { header: 'Kind', cell: ({ kind }) => words(kind) },
        { header: 'Licence', cell: ({ licence }) => licence },
        { header: 'Legal basis', cell: ({ legalBasis }) => legalBasis },
        {
          header: 'Latest',
          kind: 'number',
          cell: ({ name, latestVersion }) =>
            latestVersion === 0 ? (
              '—'
            ) : (
              <Link
                to="/datasets/$name/versions/$version"
                params={{ name, version: String(latestVersion) }}
                aria-label={`${name} v${latestVersion}`}
              >
                v{latestVersion}
              </Link>
            ),
        },
      ]}
    />
  );
}
