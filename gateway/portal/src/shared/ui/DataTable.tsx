import { Table, Tbody, Td, Th, Thead, Tr, type TableProps, type ThProps } from '@patternfly/react-table';
import type { Key, ReactNode } from 'react';

export interface Column<Row> {
  header: ReactNode;
  /** The name of the cells on a narrow screen, if it differs from the header. */
  label?: string;
  /**
   * The kind of cells: numbers are right-aligned, 'anywhere' breaks within words, and the header of actions is only for
   * screen readers.
   */
  kind?: 'number' | 'anywhere' | 'content' | 'action';
  width?: ThProps['width'];
  cell: (row: Row, index: number) => ReactNode;
}

interface DataTableProps<Row> {
  'aria-label'?: string;
  rows: readonly Row[];
  rowKey: (row: Row, index: number) => Key;
  /** The columns. A false entry is left out. */
  columns: (Column<Row> | false)[];
  isSelected?: (row: Row) => boolean;
  borders?: boolean;
  /** The width below which the cells of a row stand below each other: 768, 992 or 1,200 pixels. */
  gridBreakPoint?: 'grid-md' | 'grid-lg' | 'grid-xl';
}

/** A table with one row per object. Each column defines its header and its cells in one place. */
export function DataTable<Row>({ rows, rowKey, columns, isSelected, ...frame }: DataTableProps<Row>): ReactNode {
  const shown = columns.filter((column) => column !== false);
  return (
    <TableFrame {...frame}>
      <Thead>
        <Tr>
          {shown.map(({ header, label, kind, width }, index) =>
            kind === 'action' ? (
              <Th key={label ?? index} screenReaderText={String(header)} />
            ) : (
              <Th key={label ?? index} className={kind === 'number' ? 'pl-number' : undefined} width={width}>
                {header}
              </Th>
            ),
          )}
        </Tr>
      </Thead>
      <Tbody>
        {rows.map((row, index) => (
          <Tr key={rowKey(row, index)} isRowSelected={isSelected?.(row)}>
            {shown.map(({ header, label, kind, cell }, column) => (
              <Td
                key={column}
                dataLabel={label ?? (typeof header === 'string' ? header : undefined)}
                className={kind === undefined || kind === 'action' ? undefined : `pl-${kind}`}
                isActionCell={kind === 'action'}
              >
                {cell(row, index)}
              </Td>
            ))}
          </Tr>
        ))}
      </Tbody>
    </TableFrame>
  );
}

/**
 * A compact table with explicit rows, for rows that have state or cells that span columns. All other tables are a
 * DataTable. It avoids the library's role grid, which promises keyboard controls that a plain table does not have.
 */
export function TableFrame(props: Omit<TableProps, 'ref' | 'role' | 'variant' | 'className'>): ReactNode {
  return <Table {...props} className="pl-table" role="table" variant="compact" />;
}
