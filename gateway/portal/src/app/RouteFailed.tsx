import { PageSection } from '@patternfly/react-core';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageHeader } from '@/shared/ui/PageHeader';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

/** Replaces a page that could not be shown. The frame around it keeps working. */
export function RouteFailed({ error, reset }: ErrorComponentProps): ReactNode {
  const router = useRouter();
  return (
    <>
      <PageHeader title="This page could not be shown" />
      <PageSection>
        <ProblemPanel
          error={error}
          headingLevel="h2"
          onRetry={() => {
            reset();
            void router.invalidate();
          }}
        />
      </PageSection>
    </>
  );
}
