import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Datasheet } from '@/shared/data/datasheets';
import { DownstreamTree } from '@/shared/lineage/DownstreamTree';
import { versionLineageQuery } from '@/shared/lineage/lineage';
import { Loaded } from '@/shared/ui/Loaded';

/** Everything made from a version, down to active releases. */
export function DatasheetUses({ sheet: { version } }: { sheet: Datasheet }): ReactNode {
  return (
    <Loaded query={useQuery(versionLineageQuery(version.dataset, version.version))} what="its uses">
      {(downstream) => <DownstreamTree downstream={downstream} />}
    </Loaded>
  );
}
