import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Dataset, DatasetVersion, Split } from './datasets';
import { ItemFilters } from '@/shared/items/ItemFilters';
import { ItemsTable } from '@/shared/items/ItemsTable';
import { itemReaders, itemsQuery, type ItemFilter } from '@/shared/items/items';
import { may, useSession } from '@/shared/session/session';
import { NoResults } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';

interface ItemsPanelProps {
  version: DatasetVersion;
  /** The splits, newest first; undefined while they are loading. */
  splits: Split[] | undefined;
  /** The kind of the dataset; undefined while it is loading. */
  kind: Dataset['kind'] | undefined;
}

/** The items of a version, with sensitive values masked. Opening an item shows it unmasked, which is recorded. */
export function ItemsPanel({ version, splits, kind }: ItemsPanelProps): ReactNode {
  const readable = may(useSession(), ...itemReaders);
  return (
    <Card isCompact id="items">
      <CardTitle component="h2">Items</CardTitle>
      <CardBody className="pl-stack">
        {readable ? (
          <>
            <p>
              Recognised personal data and secrets are masked here. Showing an item unmasked is recorded in the ledger.
            </p>
            <Items version={version} subsets={subsetsOf(splits)} ofDocuments={kind === 'DOCUMENTS'} />
          </>
        ) : (
          <p>Items may contain restricted data. To list them, you need the role {itemReaders.join(' or ')}.</p>
        )}
      </CardBody>
    </Card>
  );
}

interface ItemsProps {
  version: DatasetVersion;
  subsets: string[];
  ofDocuments: boolean;
}

function Items({ version, subsets, ofDocuments }: ItemsProps): ReactNode {
  const { dataset, version: number, report } = version;
  const { document } = useSearch({ from: '/datasets/$name/versions/$version' });
  const [filter, setFilter] = useState<ItemFilter>(document === undefined ? {} : { documentId: document });
  const [token, setToken] = useState<string>();
  const query = useQuery(itemsQuery(dataset, number, filter, token));
  const show = (next: ItemFilter) => {
    setFilter(next);
    setToken(undefined);
  };
  return (
    <>
      <ItemFilters
        key={JSON.stringify(filter)}
        filter={filter}
        subsets={subsets}
        labels={Object.keys(report?.labels?.rows ?? {})}
        findings={(report?.findings ?? []).map(({ kind }) => kind)}
        ofDocuments={ofDocuments}
        onFilter={show}
      />
      <PagedList
        query={query}
        what="items"
        token={token}
        onToken={setToken}
        empty={<NoResults onClear={() => show({})} />}
      >
        {(items) => (
          <ItemsTable dataset={dataset} version={number} items={items} ofSubset={filter.subset !== undefined} />
        )}
      </PagedList>
    </>
  );
}

/** Returns the subsets of the newest ready split, which the service uses for lists that name no split. */
function subsetsOf(splits: Split[] = []): string[] {
  return Object.keys(splits.find(({ state }) => state === 'READY')?.subsets ?? {});
}
