import { Button } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { Rows } from '@/shared/form/useRows';

/** The element around rows that can be moved. */
export function RowList({ rows, children }: { rows: Rows; children: ReactNode }): ReactNode {
  return (
    <>
      <div id={rows.listId} className="pl-rows">
        {children}
      </div>
      <div role="status" className="pf-v6-screen-reader">
        {rows.announcement}
      </div>
    </>
  );
}

interface RowActionsProps {
  rows: Rows;
  index: number;
  /** The name of the row for its buttons, such as "message 2". */
  what: string;
  /** True if the row cannot be removed. */
  isKept?: boolean;
}

/** The buttons that insert, move and remove a row. */
export function RowActions({ rows, index, what, isKept = false }: RowActionsProps): ReactNode {
  const button = (name: string, onClick: () => void) => ({
    variant: 'link' as const,
    isInline: true,
    size: 'sm' as const,
    'aria-label': `${name} ${what}`,
    onClick,
    children: name,
  });
  const sentence = what.charAt(0).toUpperCase() + what.slice(1);
  return (
    <span className="pl-row-actions">
      {rows.insert && <Button {...button('Insert before', () => rows.insert?.(index))} />}
      {rows.move && rows.count > 1 && (
        <>
          {/* At an end they stay where the focus can be, so that a row can be moved there by keyboard. */}
          <Button
            {...button('Move up', () => rows.move?.(index, 'up', sentence))}
            data-move="up"
            isAriaDisabled={index === 0}
          />
          <Button
            {...button('Move down', () => rows.move?.(index, 'down', sentence))}
            data-move="down"
            isAriaDisabled={index === rows.count - 1}
          />
        </>
      )}
      {!isKept && <Button {...button('Remove', () => rows.remove(index))} />}
    </span>
  );
}
