import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import { LoadedItem } from './ItemContent';
import { correctionOf, expectedIn, itemReaders, type ListedItem } from './items';
import { ItemSummary } from './ItemSummary';
import { MaskedText } from './MaskedText';
import { count } from '@/shared/text/format';
import { TableFrame } from '@/shared/ui/DataTable';
import { LinkButton } from '@/shared/ui/LinkButton';
import { OnDemand } from '@/shared/ui/OnDemand';
import { Person } from '@/shared/ui/Person';

interface ItemsTableProps {
  dataset: string;
  version: number;
  items: ListedItem[];
  /** True if items are numbered by their place in a subset and not by their row. */
  ofSubset: boolean;
}

export function ItemsTable({ dataset, version, items, ofSubset }: ItemsTableProps): ReactNode {
  const place = ofSubset ? 'Place' : 'Row';
  return (
    <TableFrame aria-label="Items">
      <Thead>
        <Tr>
          <Th className="pl-number">{place}</Th>
          <Th>Item</Th>
          <Th>Expected</Th>
          <Th screenReaderText="Actions" />
        </Tr>
      </Thead>
      <Tbody>
        {items.map((listed) => {
          const { number, item, masked } = listed;
          const correction = correctionOf(item);
          return (
            <Tr key={number}>
              <Td dataLabel={place} className="pl-number">
                {count(number)}
              </Td>
              <Td dataLabel="Item" className="pl-anywhere">
                <ItemSummary listed={listed} />
                <OnDemand what={`unmasked item ${count(number)}`} roles={itemReaders} button="Unmasked">
                  <LoadedItem dataset={dataset} version={version} itemId={item.itemId} />
                </OnDemand>
              </Td>
              <Td dataLabel="Expected" className="pl-anywhere">
                <MaskedText text={expectedIn(item)} masked={masked} />
                {correction !== undefined && (
                  <div className="pl-subtle">
                    corrected after v{correction.version} by <Person actor={correction.by} />
                  </div>
                )}
              </Td>
              <Td dataLabel="Actions">
                <LinkButton
                  variant="link"
                  isInline
                  to="/playground"
                  search={{ item: `${dataset}/${version}/${item.itemId}` }}
                  aria-label={`Open in playground: item ${count(number)}`}
                >
                  Open in playground
                </LinkButton>
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </TableFrame>
  );
}
