import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Dataset, DatasetVersion, Split } from './datasets';
import { SplitDialog } from './SplitDialog';
import { SplitResult } from './SplitResult';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { RoleButton } from '@/shared/ui/RoleButton';

export function SplitsPanel({
  version,
  splits,
  kind,
}: {
  version: DatasetVersion;
  kind: Dataset['kind'] | undefined;
  splits: UseQueryResult<{ items: Split[] }>;
}): ReactNode {
  const [ordering, order] = useState(false);
  const documents = kind === 'DOCUMENTS';
  const button = (variant: 'primary' | 'secondary') => (
    <RoleButton variant={variant} roles={['data-steward', 'ml-engineer']} onClick={() => order(true)}>
      New split
    </RoleButton>
  );
  return (
    <Card isCompact id="splits">
      <CardTitle component="h2">Splits</CardTitle>
      <CardBody className="pl-stack">
        {documents && <p>Documents are not split: all of them are in the subset documents.</p>}
        <p>
          A split puts rows into subsets such as train and test, so that no model is evaluated on rows it was trained
          on. No row is in two subsets, and some rows, such as dropped duplicates, are in none. A split never changes
          and is identified by its digest.
        </p>
        <Loaded query={splits} what="the splits">
          {({ items }) =>
            items.length === 0 ? (
              <Empty title="Not split yet" action={documents ? undefined : button('primary')}>
                Evaluations, indexes and training all start from a split.
              </Empty>
            ) : (
              <>
                {items.map((split) => (
                  <SplitResult key={split.splitId} split={split} />
                ))}
                {!documents && <div>{button('secondary')}</div>}
              </>
            )
          }
        </Loaded>
        {ordering && <SplitDialog version={version} onClose={() => order(false)} />}
      </CardBody>
    </Card>
  );
}
