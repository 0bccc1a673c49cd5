import { Card, CardBody, CardTitle, PageSection, Stack, StackItem } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { ApplicationsGlance } from '@/features/applications/ApplicationsGlance';
import { WaitingForMe } from '@/features/approvals/WaitingForMe';
import { useSession } from '@/shared/session/session';
import { PageHeader } from '@/shared/ui/PageHeader';

export function HomePage(): ReactNode {
  const { name, username } = useSession();
  return (
    <>
      <PageHeader title="Home" description={`Signed in as ${name || username}.`} />
      <PageSection isFilled>
        <Stack hasGutter>
          <StackItem>
            <Card>
              <CardTitle component="h2">Approvals waiting for me</CardTitle>
              <CardBody>
                <WaitingForMe />
              </CardBody>
            </Card>
          </StackItem>
          <StackItem>
            <Card>
              <CardTitle component="h2">Applications at a glance</CardTitle>
              <CardBody>
                <ApplicationsGlance />
              </CardBody>
            </Card>
          </StackItem>
        </Stack>
      </PageSection>
    </>
  );
}
