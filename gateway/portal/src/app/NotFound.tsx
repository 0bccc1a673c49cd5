import { EmptyState, EmptyStateBody, EmptyStateFooter, PageSection } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { LinkButton } from '@/shared/ui/LinkButton';
import { PageHeader } from '@/shared/ui/PageHeader';

export function NotFound(): ReactNode {
  return (
    <>
      <PageHeader title="No such page" />
      <PageSection>
        <EmptyState titleText="This address leads nowhere" headingLevel="h2" variant="sm">
          <EmptyStateBody>It may have been mistyped, or what it named was never in this workspace.</EmptyStateBody>
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
