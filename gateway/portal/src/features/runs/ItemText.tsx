import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { OnDemand } from './OnDemand';
import { rowQuery, type Suite } from './runs';
import { short } from '@/shared/text/format';
import { Loaded } from '@/shared/ui/Loaded';

/** An item by its row's id, and the row's text on demand: rows may contain restricted data. */
export function ItemText({ itemId, suite }: { itemId: string; suite: Suite | undefined }): ReactNode {
  return (
    <OnDemand
      what={`the text of item ${itemId}`}
      roles={['data-steward', 'ml-engineer', 'compliance-officer']}
      button={<code>{short(itemId)}</code>}
    >
      {suite && <Row dataset={suite.dataset} version={suite.datasetVersion} id={itemId} />}
    </OnDemand>
  );
}

function Row({ dataset, version, id }: { dataset: string; version: number; id: string }): ReactNode {
  return (
    <Loaded query={useQuery(rowQuery(dataset, version, id))} what="the text" rows={2}>
      {({ row }) => <div className="pl-content">{row.text}</div>}
    </Loaded>
  );
}
