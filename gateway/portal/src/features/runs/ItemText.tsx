import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { rowQuery, type Suite } from './runs';
import { short } from '@/shared/text/format';
import { Loaded } from '@/shared/ui/Loaded';
import { RoleButton } from '@/shared/ui/RoleButton';

/** An item by its row's id, and the row's text on demand: rows may contain restricted data. */
export function ItemText({ itemId, suite }: { itemId: string; suite: Suite | undefined }): ReactNode {
  const [open, toggle] = useState(false);
  return (
    <div className="pl-item">
      <RoleButton
        roles={['data-steward', 'ml-engineer', 'compliance-officer']}
        variant="link"
        isInline
        aria-expanded={open}
        aria-label={`${open ? 'Hide' : 'Show'} the text of item ${itemId}`}
        onClick={() => toggle(!open)}
      >
        <code>{short(itemId)}</code>
      </RoleButton>
      {open && suite && <Row dataset={suite.dataset} version={suite.datasetVersion} id={itemId} />}
    </div>
  );
}

function Row({ dataset, version, id }: { dataset: string; version: number; id: string }): ReactNode {
  return (
    <Loaded query={useQuery(rowQuery(dataset, version, id))} what="the text" rows={2}>
      {({ row }) => <div className="pl-content">{row.text}</div>}
    </Loaded>
  );
}
