import { Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import CubesIcon from '@patternfly/react-icons/dist/esm/icons/cubes-icon';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';
import type { ReactNode } from 'react';

interface EmptyProps {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

/** Explains the content of the list, and how to create the first item. */
export function Empty({ title, children, action }: EmptyProps): ReactNode {
  return (
    <EmptyState titleText={title} headingLevel="h2" icon={CubesIcon} variant="sm">
      <EmptyStateBody>{children}</EmptyStateBody>
      {action && (
        <EmptyStateFooter>
          <EmptyStateActions>{action}</EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  );
}

export function NoResults({ onClear }: { onClear: () => void }): ReactNode {
  return (
    <EmptyState titleText="Nothing matches these filters" headingLevel="h2" icon={SearchIcon} variant="sm">
      <EmptyStateBody>No entry matches all of the filters.</EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          <Button variant="link" onClick={onClear}>
            Clear all filters
          </Button>
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}
