import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { DraftDialog } from './DraftDialog';
import { versionChoices } from '@/shared/data/splits';
import { collectors, draftKey, draftQuery, removeDraftItem, type DraftItem } from '@/shared/items/draft';
import { correctionOf, expectedIn, itemReaders, type Item } from '@/shared/items/items';
import { ItemSummary } from '@/shared/items/ItemSummary';
import { MaskedText } from '@/shared/items/MaskedText';
import { may, useSession } from '@/shared/session/session';
import { count } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { PagedList } from '@/shared/ui/PagedList';
import { Person } from '@/shared/ui/Person';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { RoleButton } from '@/shared/ui/RoleButton';

/** The draft of a dataset: items that were added one by one and are not in a version yet. */
export function DraftPanel({ dataset }: { dataset: string }): ReactNode {
  return may(useSession(), ...itemReaders) ? <Draft dataset={dataset} /> : null;
}

function Draft({ dataset }: { dataset: string }): ReactNode {
  const [token, setToken] = useState<string>();
  const [publishing, publish] = useState(false);
  const query = useQuery(draftQuery(dataset, token));
  const size = query.data?.total.value ?? 0;
  const choices = useQuery(versionChoices(size > 0 ? dataset : ''));
  const versions = choices.data?.items;
  return (
    <Card isCompact id="draft">
      <CardTitle component="h2">Draft{size > 0 && ` (${count(size)})`}</CardTitle>
      <CardBody className="pl-stack">
        <PagedList
          query={query}
          what="items of the draft"
          token={token}
          onToken={setToken}
          empty={
            <p>
              No items yet. Traces and the playground have the button Add to a dataset, and answers of a run over
              validation rows correct what a row expects.
            </p>
          }
        >
          {(items) => <DraftTable dataset={dataset} items={items} />}
        </PagedList>
        {size > 0 && (
          <p className="pl-subtle">
            Items are masked in this list only. A version keeps them as they were added, and you can mask it afterwards.
          </p>
        )}
        {choices.error != null && <ProblemPanel error={choices.error} onRetry={() => void choices.refetch()} />}
        {size > 0 && versions !== undefined && (
          <RoleButton variant="secondary" roles={['data-steward']} onClick={() => publish(true)}>
            Make a version
          </RoleButton>
        )}
        {publishing && versions !== undefined && (
          <DraftDialog dataset={dataset} versions={versions} onClose={() => publish(false)} />
        )}
      </CardBody>
    </Card>
  );
}

function DraftTable({ dataset, items }: { dataset: string; items: DraftItem[] }): ReactNode {
  const queries = useQueryClient();
  const removal = useMutation({
    mutationFn: (draftItemId: string) => removeDraftItem(dataset, draftItemId),
    onSettled: () => queries.invalidateQueries({ queryKey: draftKey(dataset) }),
  });
  return (
    <>
      <DataTable
        aria-label="Items of the draft"
        rows={items}
        rowKey={({ draftItemId }) => draftItemId}
        columns={[
          { header: 'Item', kind: 'anywhere', cell: ({ item, masked }) => <ItemSummary listed={{ item, masked }} /> },
          {
            header: 'Expected',
            kind: 'anywhere',
            cell: ({ item, masked }) => <MaskedText text={expectedIn(item)} masked={masked} />,
          },
          { header: 'Source', kind: 'anywhere', cell: ({ item }) => sourceOf(item) },
          { header: 'Added by', cell: ({ addedBy }) => <Person actor={addedBy} /> },
          {
            header: 'Actions',
            kind: 'action',
            cell: ({ draftItemId }, index) => (
              <RoleButton
                variant="link"
                isInline
                roles={collectors}
                isDisabled={removal.isPending}
                aria-label={`Remove item ${index + 1}`}
                onClick={() => removal.mutate(draftItemId)}
              >
                Remove
              </RoleButton>
            ),
          },
        ]}
      />
      {removal.error != null && <ProblemPanel error={removal.error} />}
    </>
  );
}

function sourceOf(item: Item): string {
  const correction = correctionOf(item);
  if (correction !== undefined) return `correction of a row of v${correction.version}`;
  const { kind, traceId } = (item.metadata['claimedSource'] ?? {}) as { kind?: string; traceId?: string };
  return kind === 'TRACE' ? `trace ${traceId ?? ''}` : 'the playground';
}
