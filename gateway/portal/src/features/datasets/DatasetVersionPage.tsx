import { Alert, Card, CardBody, CardTitle, Gallery, List, ListItem, PageSection } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { datasetVersionQuery, type DatasetVersion, type Report } from './datasets';
import { count, words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
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
          {(loaded) => <Version version={loaded} />}
        </Loaded>
      </PageSection>
    </>
  );
}

function Version({ version }: { version: DatasetVersion }): ReactNode {
  const { rows, masked, maskedKinds, derivedFrom, versionDigest, reportDigest, report, admission, problems } = version;
  return (
    <div className="pl-stack">
      {problems.length > 0 && (
        <Alert isInline variant="danger" component="h2" title="The upload was refused">
          <List>
            {problems.map(({ code, line, detail }) => (
              <ListItem key={`${code} ${line} ${detail}`}>
                {line > 0 && `Line ${count(line)}: `}
                {detail}
              </ListItem>
            ))}
          </List>
        </Alert>
      )}
      <p>
        {count(rows)} rows
        {masked && ` · masked: ${maskedKinds.map(words).join(', ').toLowerCase()}`}
        {derivedFrom != null && ` · made from v${derivedFrom}`}
        {versionDigest && (
          <>
            {' '}
            · version <DigestText value={versionDigest} /> · report <DigestText value={reportDigest} />
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
      {report ? <Findings report={report} /> : problems.length === 0 && <p role="status">The rows are being read; the report follows.</p>}
    </div>
  );
}

function Findings({ report: { emptyRows, duplicates, labels, lengths, privacy, notes } }: { report: Report }): ReactNode {
  return (
    <>
      <Gallery hasGutter minWidths={{ default: '20rem' }}>
        <Figures
          title="Duplicates"
          values={[['Exact', duplicates.exact], ['Near', duplicates.near], ['Groups', duplicates.clusters], ['Empty rows', emptyRows]]}
        />
        {labels && (
          <Figures title="Labels" values={[...Object.entries(labels.rows), ['Imbalance', labels.imbalance], ['Contradicting rows', labels.contradictingRows]]} />
        )}
        <Figures
          title="Personal data and secrets"
          values={[...Object.entries(privacy.findings).map(([kind, found]) => [words(kind), found] as [string, number]), ['Rows affected', privacy.affectedRows]]}
        />
        <Figures
          title="Tokens a row"
          values={[['Median', lengths.tokens.p50], ['Mean', lengths.tokens.mean], ['95 of 100 below', lengths.tokens.p95], ['Most', lengths.tokens.max]]}
        />
      </Gallery>
      {notes.length > 0 && (
        <List>
          {notes.map((note) => (
            <ListItem key={note}>{note}</ListItem>
          ))}
        </List>
      )}
    </>
  );
}

function Figures({ title, values }: { title: string; values: [string, number][] }): ReactNode {
  return (
    <Card isCompact>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        <DataTable aria-label={title} borders={false}>
          <Thead>
            <Tr>
              <Th>What</Th>
              <Th className="pl-number">Count</Th>
            </Tr>
          </Thead>
          <Tbody>
            {values.map(([name, value]) => (
              <Tr key={name}>
                <Td dataLabel="What">{name}</Td>
                <Td dataLabel="Count" className="pl-number">
                  {Number.isInteger(value) ? count(value) : value.toFixed(2)}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </DataTable>
      </CardBody>
    </Card>
  );
}
