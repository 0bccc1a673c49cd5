import { Card, CardBody, CardTitle, PageSection } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { cancelIndex, embeddingOf, indexQuery } from './indexes';
import { IndexState } from './IndexState';
import { TryQuery } from './TryQuery';
import { isBeingBuilt, recipeOf, sizeOf, type Index } from '@/shared/data/indexes';
import { DataPanel } from '@/shared/lineage/DataPanel';
import { count } from '@/shared/text/format';
import { Detail, Details } from '@/shared/ui/Details';
import { DigestText } from '@/shared/ui/DigestText';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Person } from '@/shared/ui/Person';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { RoleButton } from '@/shared/ui/RoleButton';
import { Time } from '@/shared/ui/Time';
import { UsedBy } from '@/shared/variants/UsedBy';

export function IndexPage(): ReactNode {
  const { index: id } = useParams({ from: '/indexes/$index' });
  const query = useQuery(indexQuery(id));
  return (
    <>
      <PageHeader
        title={query.data?.name ?? 'Index'}
        about="Index"
        trail={[
          <Link key="indexes" to="/indexes">
            Indexes
          </Link>,
        ]}
        description={query.data && purposes[query.data.mode]}
      />
      <PageSection isFilled>
        <Loaded query={query} what="the index" rows={8}>
          {(index) => (
            <div className="pl-stack">
              <Card isCompact>
                <CardTitle component="h2">How it was built</CardTitle>
                <CardBody>
                  <Recipe index={index} />
                  {isBeingBuilt(index) && <Cancel index={index} />}
                </CardBody>
              </Card>
              {index.mode === 'PASSAGES' && <TryQuery index={index} />}
              {index.indexDigest != null && <DataPanel nodeId={index.indexDigest} />}
              {index.indexDigest != null && <UsedBy what={index.name} part={{ indexDigest: index.indexDigest }} />}
            </div>
          )}
        </Loaded>
      </PageSection>
    </>
  );
}

function Cancel({ index }: { index: Index }): ReactNode {
  const queries = useQueryClient();
  const cancelling = useMutation({
    mutationFn: cancelIndex,
    onSettled: () => queries.invalidateQueries({ queryKey: ['indexes'] }),
  });
  return (
    <>
      {cancelling.isError && <ProblemPanel error={cancelling.error} />}
      <RoleButton
        roles={['prompt-engineer', 'ml-engineer']}
        variant="secondary"
        onClick={() => cancelling.mutate(index.indexId)}
      >
        Cancel
      </RoleButton>
    </>
  );
}

const purposes: Record<Index['mode'], string> = {
  PASSAGES: 'Passages of documents: a variant answers from those that fit the question best, and cites them.',
  EXAMPLES: 'Training rows: a variant adds those most similar to its input to the prompt as examples.',
};

function Recipe({ index }: { index: Index }): ReactNode {
  const embedding = embeddingOf(index);
  return (
    <Details>
      <Detail term="State">
        <IndexState index={index} />
      </Detail>
      <Detail term="Retrieves">{index.mode === 'PASSAGES' ? 'Passages' : 'Examples'}</Detail>
      <Detail term="Size">{sizeOf(index) ?? 'Known when it is built'}</Detail>
      <Detail term="Recipe">{recipeOf(index)}</Detail>
      <Detail term="Dimensions">
        {index.dimensions == null ? 'Known with the first rows' : count(index.dimensions)}
      </Detail>
      {embedding !== undefined && (
        <>
          <Detail term="Connection">
            <DigestText value={index.connectionDigest} />
          </Detail>
          <Detail term="Used for embedding">{embedding}</Detail>
        </>
      )}
      <Detail term="Split">
        <DigestText value={index.splitDigest} />, {index.subset}
      </Detail>
      <Detail term="Digest">
        <DigestText value={index.indexDigest} />
      </Detail>
      <Detail term="Requested">
        <Person actor={index.createdBy} /> · <Time at={index.createdAt} />
      </Detail>
    </Details>
  );
}
