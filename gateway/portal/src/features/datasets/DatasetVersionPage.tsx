import { Alert, Card, CardBody, CardTitle, Gallery, List, ListItem, PageSection } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { datasetVersionQuery, type DatasetVersion } from './datasets';
import { count, words } from '@/shared/text/format';
import { DigestText } from '@/shared/ui/DigestText';
import { LinkButton } from '@/shared/ui/LinkButton';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { StateLabel } from '@/shared/ui/StateLabel';

export function DatasetVersionPage(): ReactNode {
  const { name, version } = useParams({ from: '/datasets/$name/versions/$version' });
  const number = Number(version);
  const query = useQuery(datasetVersionQuery(name, number));
  return (
    <>
      <PageHeader
        title={`${name} v${version}`}
        trail={[<Link key="datasets" to="/datasets">Datasets</Link>]}
        labels={query.data && <StateLabel state={query.data.state} />}
        actions={
          number > 1 && (
            <LinkButton variant="secondary" to="/datasets/$name/versions/$version" params={{ name, version: String(number - 1) }}>
              Version {number - 1}
            </LinkButton>
          )
        }
      />
      <PageSection isFilled>
        <Loaded query={query} what="the report" rows={8}>
          {(loaded) => <Report version={loaded} />}
        </Loaded>
      </PageSection>
    </>
  );
}

function Report({ version: { rows, masked, versionDigest, reportDigest, report, admission, problem } }: { version: DatasetVersion }): ReactNode {
  const figures = Object.entries(report ?? {}).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  const tables = Object.entries(report ?? {})
    .map(([name, value]) => [name, numbers(value)] as const)
    .filter(([, values]) => values.length > 0);
  return (
    <div className="pl-stack">
      {problem && <Alert isInline variant="danger" component="h2" title="The upload was refused">{problem}</Alert>}
      <p>
        {rows != null && `${count(rows)} rows · `}
        {masked && 'masked · '}
        {versionDigest && (
          <>
            version <DigestText value={versionDigest} /> · report <DigestText value={reportDigest} />
          </>
        )}
      </p>
      {admission && (
        <Alert
          isInline
          component="h2"
          variant={admission.outcome === 'PASS' ? 'success' : 'warning'}
          title={admission.outcome === 'PASS' ? `Admitted to ${admission.purposes.map(words).join(', ').toLowerCase()}` : 'Not admitted'}
        >
          {admission.reasons.length > 0 && (
            <List>
              {admission.reasons.map((reason) => (
                <ListItem key={reason}>{reason}</ListItem>
              ))}
            </List>
          )}
        </Alert>
      )}
      {report == null && problem == null && <p>The report is being made.</p>}
      <Gallery hasGutter minWidths={{ default: '18rem' }}>
        {figures.length > 0 && <Figures title="Rows" values={figures} />}
        {tables.map(([name, values]) => (
          <Figures key={name} title={spoken(name)} values={values} />
        ))}
      </Gallery>
    </div>
  );
}

function Figures({ title, values }: { title: string; values: [string, number][] }): ReactNode {
  return (
    <Card isCompact>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        <Table aria-label={title} variant="compact" borders={false}>
          <Thead>
            <Tr>
              <Th>What</Th>
              <Th className="pl-number">Count</Th>
            </Tr>
          </Thead>
          <Tbody>
            {values.map(([name, value]) => (
              <Tr key={name}>
                <Td dataLabel="What">{spoken(name)}</Td>
                <Td dataLabel="Count" className="pl-number">
                  {Number.isInteger(value) ? count(value) : value.toFixed(2)}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </CardBody>
    </Card>
  );
}

function numbers(value: unknown): [string, number][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
}

function spoken(name: string): string {
  return words(name.replace(/([a-z])([A-Z])/g, '$1 $2'));
}
