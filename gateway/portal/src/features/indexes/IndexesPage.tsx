import { PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { BuildIndexDialog } from './BuildIndexDialog';
import { indexesQuery, indexQuery } from './indexes';
import { IndexState } from './IndexState';
import { recipeOf, sizeOf, type Index } from '@/shared/data/indexes';
import { DataTable } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { PagedList } from '@/shared/ui/PagedList';
import { RoleButton } from '@/shared/ui/RoleButton';
import { Time } from '@/shared/ui/Time';

export function IndexesPage(): ReactNode {
  const { page: token, build, like } = useSearch({ from: '/indexes' });
  const navigate = useNavigate({ from: '/indexes' });
  const query = useQuery(indexesQuery(token));
  const model = useQuery({ ...indexQuery(like ?? ''), enabled: like !== undefined });
  const close = () => void navigate({ search: { page: token } });
  const button = (
    <RoleButton
      variant="primary"
      roles={['prompt-engineer', 'ml-engineer']}
      onClick={() => void navigate({ search: { page: token, build: 'new' } })}
    >
      Build an index
    </RoleButton>
  );
  return (
    <>
      <PageHeader
        title="Indexes"
        description={
          'Variants retrieve from indexes: passages of documents, which answers cite, or similar training ' +
          'rows, which are added to the prompt as examples.'
        }
        actions={button}
      />
      <PageSection isFilled>
        <PagedList
          query={query}
          what="indexes"
          token={token}
          onToken={(next) => void navigate({ search: { page: next } })}
          empty={
            <Empty title="No indexes yet" action={button}>
              An index is built from a dataset version that is admitted for retrieval: from its documents, or from the
              training subset of a split.
            </Empty>
          }
        >
          {(items) => <IndexTable indexes={items} />}
        </PagedList>
        {build !== undefined && like === undefined && (
          <BuildIndexDialog from={build === 'new' ? '' : build} onClose={close} />
        )}
        {build !== undefined && like !== undefined && (
          <Loaded query={model} what="the index">
            {(index) => <BuildIndexDialog from={build} like={index} onClose={close} />}
          </Loaded>
        )}
      </PageSection>
    </>
  );
}

function IndexTable({ indexes }: { indexes: Index[] }): ReactNode {
  return (
    <DataTable
      aria-label="Indexes"
      rows={indexes}
      rowKey={(index) => index.indexId}
      columns={[
        {
          header: 'Index',
          cell: (index) => (
            <Link to="/indexes/$index" params={{ index: index.indexId }}>
              {index.name}
            </Link>
          ),
        },
        { header: 'State', cell: (index) => <IndexState index={index} /> },
        { header: 'Retrieves', cell: (index) => (index.mode === 'PASSAGES' ? 'Passages' : 'Examples') },
        { header: 'Size', kind: 'number', cell: (index) => sizeOf(index) ?? '—' },
        { header: 'Digest', cell: (index) => <DigestText value={index.indexDigest} /> },
        {
          header: 'Split',
          cell: (index) => (
            <>
              <DigestText value={index.splitDigest} />, {index.subset}
            </>
          ),
        },
        { header: 'Recipe', cell: (index) => recipeOf(index) },
        { header: 'Requested', cell: (index) => <Time at={index.createdAt} /> },
      ]}
    />
  );
}
