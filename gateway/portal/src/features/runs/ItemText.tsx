import type { ReactNode } from 'react';
import type { Suite } from './runs';
import { itemReaders } from '@/shared/items/items';
import { short } from '@/shared/text/format';
import { LoadedItem } from '@/shared/items/ItemContent';
import { OnDemand } from '@/shared/ui/OnDemand';

/** An item by its id, with its content on demand, because items may contain restricted data. */
export function ItemText({ itemId, suite }: { itemId: string; suite: Suite | undefined }): ReactNode {
  return (
    <OnDemand what={`the text of item ${itemId}`} roles={itemReaders} button={<code>{short(itemId)}</code>}>
      {suite && <LoadedItem dataset={suite.dataset} version={suite.datasetVersion} itemId={itemId} />}
    </OnDemand>
  );
}
