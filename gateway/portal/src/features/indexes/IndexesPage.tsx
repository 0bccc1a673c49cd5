import { Alert, Button, PageSection, Progress } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { BuildIndexDialog } from './BuildIndexDialog';
import { indexesQuery, isBeingBuilt, type Index } from './indexes';
import { count, short } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { Empty } from '@/shared/ui/Empty';
import { PageHeader } from '@/shared/ui/PageHeader';
import { PagedList } from '@/shared/ui/PagedList';
import { RoleButton } from '@/shared/ui/RoleButton';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';
import { UsedBy } from '@/shared/variants/UsedBy';

export function IndexesPage(): ReactNode {
  const { page: token, build, index: shown } = useSearch({ from: '/indexes' });
  const navigate = useNavigate({ from: '/indexes' });
  const query = useQuery(indexesQuery(token));
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
          'Searchable training rows; a variant retrieves those most similar to its input and adds them to the ' +
          'prompt as examples.'
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
              An index is built from the training subset of a split whose dataset version is admitted for indexing.
            </Empty>
          }
        >
          {(items) => (
            <IndexTable
              indexes={items}
              onShow={(digest) => void navigate({ search: { page: token, index: digest } })}
            />
          )}
        </PagedList>
        {shown !== undefined && (
          <UsedBy
            what={query.data?.items.find(({ indexDigest }) => indexDigest === shown)?.name ?? short(shown)}
            part={{ indexDigest: shown }}
          />
        )}
        {build !== undefined && (
          <BuildIndexDialog
            from={build === 'new' ? '' : build}
            onClose={() => void navigate({ search: { page: token } })}
          />
        )}
      </PageSection>
    </>
  );
}

interface IndexTableProps {
  indexes: Index[];
  /** Shows what uses the index of a digest. */
  onShow: (digest: string) => void;
}

function IndexTable({ indexes, onShow }: IndexTableProps): ReactNode {
  return (
    <DataTable aria-label="Indexes">
      <Thead>
        <Tr>
          <Th>Index</Th>
          <Th>State</Th>
          <Th className="pl-number">Rows</Th>
          <Th>Digest</Th>
          <Th>Split</Th>
          <Th>Encoder</Th>
          <Th>Requested</Th>
          <Th>Variants</Th>
        </Tr>
      </Thead>
      <Tbody>
        {indexes.map((index) => (
          <Tr key={index.indexId}>
            <Td dataLabel="Index">{index.name}</Td>
            <Td dataLabel="State">
              <State index={index} />
            </Td>
            <Td dataLabel="Rows" className="pl-number">
              {index.passages == null ? '—' : count(index.passages)}
            </Td>
            <Td dataLabel="Digest">
              <DigestText value={index.indexDigest} />
            </Td>
            <Td dataLabel="Split">
              <DigestText value={index.splitDigest} />, {index.subset}
            </Td>
            <Td dataLabel="Encoder">
              {index.encoder}, {index.maxTokens} tokens
            </Td>
            <Td dataLabel="Requested">
              <Time at={index.createdAt} />
            </Td>
            <Td dataLabel="Variants">
              <Uses index={index} onShow={onShow} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}

function Uses({ index: { name, indexDigest }, onShow }: { index: Index } & Pick<IndexTableProps, 'onShow'>): ReactNode {
  if (indexDigest == null) return '—';
  return (
    <Button variant="link" isInline aria-label={`Used by: ${name}`} onClick={() => onShow(indexDigest)}>
      Used by
    </Button>
  );
}

function State({ index }: { index: Index }): ReactNode {
  const { name, state, progress, message, error } = index;
  if (isBeingBuilt(index))
    return (
      <Progress
        aria-label={`Progress of ${name}`}
        value={Math.round(progress * 100)}
        title={message || 'Waiting to be built'}
        size="sm"
      />
    );
  if (state === 'FAILED')
    return <Alert isInline isPlain variant="danger" component="h3" title={error ?? 'The index could not be built'} />;
  return <StateLabel state={state} />;
}
