import { PageSection } from '@patternfly/react-core';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageHeader } from '@/shared/ui/PageHeader';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

/** A page that could not be shown; the frame around it goes on working. */
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
