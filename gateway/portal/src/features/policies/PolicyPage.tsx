import { Card, CardBody, CardTitle, Label, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { policyVersionsQuery, type Policy } from './policies';
import { RuleTable } from './RuleTable';
import { VersionTable } from './VersionTable';
import { DigestText } from '@/shared/ui/DigestText';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Person } from '@/shared/ui/Person';
import { RoleButton } from '@/shared/ui/RoleButton';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

export function PolicyPage(): ReactNode {
  const { name } = useParams({ from: '/policies/$name' });
  const { version } = useSearch({ from: '/policies/$name' });
  const navigate = useNavigate();
  const query = useQuery(policyVersionsQuery(name));
  const versions = query.data?.items ?? [];
  const shown = versions.find((one) => String(one.version) === version) ?? versions[0];
  return (
    <>
      <PageHeader
        title={name}
        about="Policy"
        trail={[
          <Link key="policies" to="/policies">
            Policies
          </Link>,
        ]}
        labels={shown && <Label isCompact>Target {shown.target}</Label>}
        actions={
          shown && (
            <RoleButton
              variant="primary"
              roles={['compliance-officer']}
              onClick={() =>
                void navigate({
                  to: '/policies/$name/new-version',
                  params: { name },
                  search: { from: String(shown.version) },
                })
              }
            >
              {shown.active ? 'New version' : `New version from v${shown.version}`}
            </RoleButton>
          )
        }
      />
      <PageSection isFilled>
        <Loaded query={query} what="the policy" rows={8}>
          {() => shown && <Versions shown={shown} versions={versions} />}
        </Loaded>
      </PageSection>
    </>
  );
}

function Versions({ shown, versions }: { shown: Policy; versions: Policy[] }): ReactNode {
  const { name, version, active, source, digest, proposedBy, activatedBy, activatedAt } = shown;
  return (
    <div className="pl-stack">
      <Card isCompact>
        <CardTitle component="h2">
          Rules of v{version} <StateLabel state={active ? 'ACTIVE' : 'REPLACED'} />
        </CardTitle>
        <CardBody className="pl-stack">
          <p>
            {proposedBy != null && (
              <>
                Proposed by <Person actor={proposedBy} />,{' '}
              </>
            )}
            {proposedBy == null ? 'Activated' : 'activated'} by <Person actor={activatedBy} />,{' '}
            <Time at={activatedAt} /> · digest <DigestText value={digest} /> ·{' '}
            <Link to="/audit" search={{ type: 'policy.activated', object: name }}>
              its activations in the ledger
            </Link>
          </p>
          <p>Every rule must hold. A rule that cannot be evaluated counts as failed.</p>
          <RuleTable source={source} />
        </CardBody>
      </Card>
      <Card isCompact>
        <CardTitle component="h2">Versions</CardTitle>
        <CardBody>
          <VersionTable versions={versions} shown={shown} />
        </CardBody>
      </Card>
    </div>
  );
}
