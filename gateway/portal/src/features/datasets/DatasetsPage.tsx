import { PageSection } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { datasetsQuery, type Dataset } from './datasets';
import { words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Pager } from '@/shared/ui/Pager';

export function DatasetsPage(): ReactNode {
  const { page: token } = useSearch({ from: '/datasets' });
  const navigate = useNavigate({ from: '/datasets' });
  return (
    <>
      <PageHeader title="Datasets" description="Versions with their report; only an admitted version may be trained on, indexed or evaluated with." />
      <PageSection isFilled>
        <Loaded query={useQuery(datasetsQuery(token))} what="datasets">
          {(page) =>
            page.items.length === 0 ? (
              <Empty title="No datasets yet">
                Create one with <code>POST /api/datasets</code> and upload its rows as CSV or JSON Lines.
              </Empty>
            ) : (
              <>
                <DatasetTable datasets={page.items} />
                <Pager page={page} token={token} noun="datasets" onToken={(next) => void navigate({ search: { page: next } })} />
              </>
            )
          }
        </Loaded>
      </PageSection>
    </>
  );
}

function DatasetTable({ datasets }: { datasets: Dataset[] }): ReactNode {
  return (
    <DataTable aria-label="Datasets">
      <Thead>
        <Tr>
          <Th>Dataset</Th>
          <Th>Description</Th>
          <Th>Kind</Th>
          <Th>Licence</Th>
          <Th>Legal basis</Th>
          <Th className="pl-number">Latest</Th>
        </Tr>
      </Thead>
      <Tbody>
        {datasets.map(({ name, description, kind, licence, legalBasis, latestVersion }) => (
          <Tr key={name}>
            <Td dataLabel="Dataset">
              {latestVersion === 0 ? (
                name
              ) : (
                <Link to="/datasets/$name/versions/$version" params={{ name, version: String(latestVersion) }}>
                  {name}
                </Link>
              )}
            </Td>
            <Td dataLabel="Description">{description}</Td>
            <Td dataLabel="Kind">{words(kind)}</Td>
            <Td dataLabel="Licence">{licence}</Td>
            <Td dataLabel="Legal basis">{legalBasis}</Td>
            <Td dataLabel="Latest" className="pl-number">
              {latestVersion === 0 ? '—' : `v${latestVersion}`}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}
