import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Approval } from './approvals';
import { BeforeAfter } from './BeforeAfter';
import { OpenRisks } from './OpenRisks';
import { ReleasedData } from './ReleasedData';
import { changeOf, type ReleaseChange } from './requestedChange';
import { phaseNames } from '@/shared/data/applications';
import { phaseOf, variantQuery } from '@/shared/data/variants';
import { Loaded } from '@/shared/ui/Loaded';

/** What an approver weighs: figures before and after, the data, and the open risks of the approach. */
export function Stake({ approval }: { approval: Approval }): ReactNode {
  const change = changeOf(approval);
  if (change.kind === 'release') return <StakeOfRelease change={change} />;
  const phase = change.kind === 'waiver' ? phaseNames.find((name) => name === change.phase) : undefined;
  return (
    phase && (
      <Section title="Open risks">
        <OpenRisks approach={phase} />
      </Section>
    )
  );
}

function StakeOfRelease({ change }: { change: ReleaseChange }): ReactNode {
  const variant = useQuery(variantQuery(change.variantDigest));
  return (
    <>
      <Section title="Before and after">
        <BeforeAfter change={change} />
      </Section>
      <Section title="Data of the variant">
        <ReleasedData variantDigest={change.variantDigest} />
      </Section>
      <Section title="Open risks">
        <Loaded query={variant} what="the variant" rows={2}>
          {(loaded) => <OpenRisks approach={phaseOf(loaded)} />}
        </Loaded>
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <Card>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>{children}</CardBody>
    </Card>
  );
}
