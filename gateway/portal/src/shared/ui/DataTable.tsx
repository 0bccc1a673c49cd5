import { Tbody, Td, Th, Thead, Tr, type ThProps } from '@patternfly/react-table';
import type { Key, ReactNode } from 'react';
import { TableFrame } from '@/shared/ui/TableFrame';

export interface Column<Row> {
  header: ReactNode;
  /** Names the cells on a narrow screen; needed where it is not the header. */
  label?: string;
  /** Numbers are flush right, texts without spaces break anywhere, the header of actions is for screen readers alone. */
  kind?: 'number' | 'anywhere' | 'content' | 'action';
  width?: ThProps['width'];
  cell: (row: Row, index: number) => ReactNode;
}

interface DataTableProps<Row> {
  'aria-label'?: string;
  rows: readonly Row[];
  rowKey: (row: Row, index: number) => Key;
  /** Left out where a condition is false. */
  columns: (Column<Row> | false)[];
  isSelected?: (row: Row) => boolean;
  borders?: boolean;
}

/** A table with one row per object: each column says its header and its cells once. */
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
