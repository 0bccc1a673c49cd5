import { EmptyState, EmptyStateBody, EmptyStateFooter, PageSection } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { LinkButton } from '@/shared/ui/LinkButton';
import { PageHeader } from '@/shared/ui/PageHeader';

export function NotFound(): ReactNode {
  return (
    <>
      <PageHeader title="Page not found" />
      <PageSection>
        <EmptyState titleText="There is no page at this address" headingLevel="h2" variant="sm">
          <EmptyStateBody>
            Check the address for mistakes. The object may also not exist in this workspace.
          </EmptyStateBody>
          <EmptyStateFooter>
            <LinkButton to="/home" variant="primary">
              Go home
            </LinkButton>
          </EmptyStateFooter>
        </EmptyState>
      </PageSection>
    </>
  );
}
