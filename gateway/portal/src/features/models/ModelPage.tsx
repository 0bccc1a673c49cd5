import { Card, CardBody, CardTitle, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { AliasesPanel } from './AliasesPanel';
import { modelQuery, versionsQuery, type Model, type ModelVersion } from './models';
import { RegisterDialog } from './RegisterDialog';
import { metricName, metricValue } from '@/shared/text/metrics';
import { DataTable } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { PagedList } from '@/shared/ui/PagedList';
import { RoleButton } from '@/shared/ui/RoleButton';
import { Time } from '@/shared/ui/Time';

export function ModelPage(): ReactNode {
  const { name } = useParams({ from: '/models/$name' });
  const { page: token, alias } = useSearch({ from: '/models/$name' });
  const navigate = useNavigate({ from: '/models/$name' });
  const [registering, register] = useState(false);
  const query = useQuery(modelQuery(name));
  const versions = useQuery(versionsQuery(name, token));
  const button = (
    <RoleButton variant="primary" roles={['ml-engineer']} onClick={() => register(true)}>
      Register a version
    </RoleButton>
  );
  return (
    <>
      <PageHeader
        title={name}
        about="Model"
        trail={[
          <Link key="models" to="/models">
            Models
          </Link>,
        ]}
        description={query.data?.description}
        actions={button}
      />
      <PageSection isFilled>
        <div className="pl-stack">
          <Card isCompact>
            <CardTitle component="h2">Versions</CardTitle>
            <CardBody>
              <PagedList
                query={versions}
                what="versions"
                token={token}
                onToken={(next) => void navigate({ search: { page: next, alias } })}
                empty={
                  <Empty title="No versions yet" action={button}>
                    A training job that has succeeded becomes a version.
                  </Empty>
                }
              >
                {(items) => <VersionTable versions={items} aliases={query.data?.aliases ?? []} />}
              </PagedList>
            </CardBody>
          </Card>
          <Loaded query={query} what="the aliases">
            {(model) => (
              <AliasesPanel
                model={model}
                shown={alias}
                onShow={(next) => void navigate({ search: { page: token, alias: next } })}
              />
            )}
          </Loaded>
        </div>
        {registering && <RegisterDialog job={undefined} model={name} onClose={() => register(false)} />}
      </PageSection>
    </>
  );
}

function VersionTable({ versions, aliases }: { versions: ModelVersion[]; aliases: Model['aliases'] }): ReactNode {
  return (
    <DataTable
      aria-label="Versions"
      rows={versions}
      rowKey={({ version }) => version}
      columns={[
        {
          header: 'Version',
          cell: ({ model, version }) => (
            <Link to="/models/$name/versions/$version" params={{ name: model, version: String(version) }}>
              v{version}
            </Link>
          ),
        },
        {
          header: 'Aliases',
          cell: ({ version }) =>
            aliases
              .filter((one) => one.version === version)
              .map(({ alias }) => alias)
              .join(', ') || '—',
        },
        {
          header: 'Validation',
          cell: ({ lineage }) =>
            Object.entries(lineage.metrics)
              .map(([metric, value]) => `${metricName(metric)} ${metricValue(metric, value)}`)
              .join(' · '),
        },
        { header: 'Base model', cell: ({ lineage }) => lineage.baseModel },
        { header: 'Artifact', cell: ({ lineage }) => <DigestText value={lineage.artifactDigest} /> },
        { header: 'Registered', cell: ({ registeredAt }) => <Time at={registeredAt} /> },
      ]}
    />
  );
}
