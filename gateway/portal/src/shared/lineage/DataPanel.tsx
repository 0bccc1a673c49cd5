import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { DataOf } from './DataOf';

/** The data that the object of a page was made from. */
export function DataPanel({ nodeId }: { nodeId: string }): ReactNode {
  return (
    <Card isCompact>
      <CardTitle component="h2">Data</CardTitle>
      <CardBody>
        <DataOf nodeId={nodeId} />
      </CardBody>
    </Card>
  );
}
