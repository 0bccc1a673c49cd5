import { Table, type TableProps } from '@patternfly/react-table';
import type { ReactNode } from 'react';

/**
 * A compact table whose rows are written out, for rows with state of their own or of several cells' span. All others are
 * a DataTable. The library's own role, grid, promises keys that a plain table does not have.
 */
export function TableFrame(props: Omit<TableProps, 'ref' | 'role' | 'variant' | 'className'>): ReactNode {
  return <Table {...props} className="pl-table" role="table" variant="compact" />;
}
