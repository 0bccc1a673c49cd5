import { Table, type TableProps } from '@patternfly/react-table';
import type { ReactNode } from 'react';

/**
 * A compact table with explicit rows, for rows that have state or cells that span columns. All other tables are a
 * DataTable. It avoids the library's role grid, which promises keyboard controls that a plain table does not have.
 */
export function TableFrame(props: Omit<TableProps, 'ref' | 'role' | 'variant' | 'className'>): ReactNode {
  return <Table {...props} className="pl-table" role="table" variant="compact" />;
}
