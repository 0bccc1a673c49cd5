import { Card, CardBody, CardTitle, List, ListItem, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { AssessDialog } from './AssessDialog';
import { AssessedLevel } from './AssessedLevel';
import { riskQuery } from './risks';
import type { Risk } from '@/shared/risks/risks';
import { RatingLabel } from '@/shared/risks/RatingLabel';
import { words } from '@/shared/text/format';
import { Detail, Details } from '@/shared/ui/Details';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Person } from '@/shared/ui/Person';
import { RoleButton } from '@/shared/ui/RoleButton';
import { Time } from '@/shared/ui/Time';

export function RiskPage(): ReactNode {
  const { name } = useParams({ from: '/risks/$name' });
  const { do: doing } = useSearch({ from: '/risks/$name' });
  const navigate = useNavigate({ from: '/risks/$name' });
  const query = useQuery(riskQuery(name));
  const risk = query.data;
  return (
    <>
      <PageHeader
        title={risk?.title ?? name}
        about="Risk"
        trail={[
          <Link key="risks" to="/risks">
            Risks
          </Link>,
        ]}
        description={risk?.description}
        labels={risk && <RatingLabel assessed={risk.residual} prefix="Residual" />}
        actions={
          risk && (
            <RoleButton
              variant="primary"
              roles={['compliance-officer']}
              onClick={() => void navigate({ search: { do: 'assess' } })}
            >
              Assess again
            </RoleButton>
          )
        }
      />
      <PageSection isFilled>
        <Loaded query={query} what="the risk" rows={8}>
          {(loaded) => <Assessment risk={loaded} />}
        </Loaded>
      </PageSection>
      {risk && doing === 'assess' && <AssessDialog risk={risk} onClose={() => void navigate({ search: {} })} />}
    </>
  );
}

function Assessment({ risk }: { risk: Risk }): ReactNode {
  const { name, approaches, inherent, residual, mitigation, signals, evidence, changedBy, changedAt } = risk;
  return (
    <div className="pl-stack">
      <Card isCompact>
        <CardTitle component="h2">Assessment</CardTitle>
        <CardBody>
          <Details>
            <Detail term="Name">{name}</Detail>
            <Detail term="Approaches">{approaches.map(words).join(', ')}</Detail>
            <Detail term="Inherent">
              <AssessedLevel assessed={inherent} />
              <span className="pl-subtle">, before the mitigation</span>
            </Detail>
            <Detail term="Residual">
              <AssessedLevel assessed={residual} />
              <span className="pl-subtle">, after it</span>
            </Detail>
            <Detail term="Changed">
              <Person actor={changedBy} />, <Time at={changedAt} /> ·{' '}
              <Link to="/audit" search={{ type: 'risk.changed', object: name }}>
                all assessments in the ledger
              </Link>
            </Detail>
          </Details>
        </CardBody>
      </Card>
      <Card isCompact>
        <CardTitle component="h2">Mitigation</CardTitle>
        <CardBody className="pl-anywhere">{mitigation}</CardBody>
      </Card>
      <Card isCompact>
        <CardTitle component="h2">Evidence</CardTitle>
        <CardBody>
          {evidence.length === 0 ? (
            <p>No evidence yet: this is the default assessment. Assess the risk again to add evidence.</p>
          ) : (
            <Lines lines={evidence} />
          )}
        </CardBody>
      </Card>
      <Card isCompact>
        <CardTitle component="h2">Signals</CardTitle>
        <CardBody className="pl-stack">
          <p>Signals that would change its likelihood:</p>
          <Lines lines={signals} />
        </CardBody>
      </Card>
    </div>
  );
}

function Lines({ lines }: { lines: string[] }): ReactNode {
  return (
    <List className="pl-anywhere">
      {lines.map((line, index) => (
        <ListItem key={index}>{line}</ListItem>
      ))}
    </List>
  );
}
