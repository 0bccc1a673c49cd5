import { Button, Card, CardBody, CardTitle, List, ListItem, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { datasheetQuery, type Datasheet } from '@/shared/data/datasheets';
import { kindsText, purposesText } from './datasets';
import { DatasheetUses } from './datasheet/DatasheetUses';
import { ReportPanel } from './ReportPanel';
import { bytes, count, words } from '@/shared/text/format';
import { Detail, Details } from '@/shared/ui/Details';
import { DigestText } from '@/shared/ui/DigestText';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Person } from '@/shared/ui/Person';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

/** The datasheet of a version, for reading and printing by the people responsible for its use. */
export function DatasheetPage(): ReactNode {
  const { name, version } = useParams({ from: '/datasets/$name/versions/$version/datasheet' });
  const query = useQuery(datasheetQuery(name, Number(version)));
  return (
    <>
      <PageHeader
        title={`Datasheet of ${name} v${version}`}
        trail={[
          <Link key="datasets" to="/datasets">
            Datasets
          </Link>,
          <Link key="dataset" to="/datasets/$name" params={{ name }}>
            {name}
          </Link>,
          <Link key="version" to="/datasets/$name/versions/$version" params={{ name, version }}>
            v{version}
          </Link>,
        ]}
        actions={
          <Button variant="secondary" className="pl-not-printed" onClick={() => window.print()}>
            Print
          </Button>
        }
      />
      <PageSection isFilled>
        <Loaded query={query} what="the datasheet" rows={8}>
          {(sheet) => <Sheet sheet={sheet} />}
        </Loaded>
      </PageSection>
    </>
  );
}

const given = (text: string) => (text === '' ? 'not given' : text);

function Sheet({ sheet }: { sheet: Datasheet }): ReactNode {
  const { dataset, version, origins, splits, admissions, auditObject } = sheet;
  return (
    <div className="pl-stack">
      <Section title="Overview">
        <Details>
          <Detail term="Description">{given(dataset.description)}</Detail>
          <Detail term="Kind">{words(dataset.kind)}</Detail>
          <Detail term="Licence">{given(dataset.licence)}</Detail>
          <Detail term="Legal basis">{given(dataset.legalBasis)}</Detail>
          <Detail term="Rows">{count(version.rows)}</Detail>
          <Detail term="Digest of the version">
            <DigestText value={version.versionDigest} />
          </Detail>
          <Detail term="Digest of the rows">
            <DigestText value={version.rowsDigest} />
          </Detail>
          <Detail term="Receipt">
            <Link to="/audit" search={{ object: auditObject }}>
              Its entries in the ledger
            </Link>
          </Detail>
        </Details>
      </Section>
      <Section title="Origin">
        <Details>
          <Detail term="Source">
            {words(version.format)}, {bytes(version.sourceBytes)}
          </Detail>
          <Detail term="Uploaded or derived by">
            <By actor={version.createdBy} at={version.createdAt} />
          </Detail>
          {version.masked && <Detail term="Masked">{maskedText(version.maskedKinds, origins)}</Detail>}
          {origins.map((origin) => (
            <Detail key={origin.version} term={`From v${origin.version}`}>
              {words(origin.format)} <DigestText value={origin.sourceDigest} />,{' '}
              <By actor={origin.createdBy} at={origin.createdAt} />
            </Detail>
          ))}
        </Details>
      </Section>
      {version.report && <ReportPanel report={version.report} />}
      <Section title="Splits">
        {splits.length === 0 && <p>The version is not split.</p>}
        <List>
          {splits.map(({ splitId, splitDigest, subsets, leakage, createdAt }) => (
            <ListItem key={splitId}>
              <DigestText value={splitDigest} />:{' '}
              {Object.entries(subsets)
                .map(([subset, { rows }]) => `${subset} ${count(rows)}`)
                .join(', ')}
              {leakage > 0 ? ` · ${count(leakage)} leaking pairs` : ' · no leakage'} · <Time at={createdAt} />
            </ListItem>
          ))}
        </List>
      </Section>
      <Section title="Admissions">
        {admissions.length === 0 && <p>No admission was decided.</p>}
        <List>
          {admissions.map(({ outcome, purposes, reasons, decidedBy, decidedAt }) => (
            <ListItem key={decidedAt}>
              <StateLabel state={outcome === 'PASS' ? 'ADMITTED' : 'REFUSED'} />{' '}
              {outcome === 'PASS' ? `for ${purposesText(purposes)}` : reasons.join(' ')} ·{' '}
              <By actor={decidedBy} at={decidedAt} />
            </ListItem>
          ))}
        </List>
      </Section>
      <Section title="Used by">
        <DatasheetUses sheet={sheet} />
      </Section>
    </div>
  );
}

function By({ actor, at }: { actor: string; at: string }): ReactNode {
  return (
    <>
      <Person actor={actor} />, <Time at={at} />
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <Card isCompact>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>{children}</CardBody>
    </Card>
  );
}

/** Lists the masked kinds, and those found in the earlier versions. */
function maskedText(kinds: string[], origins: Datasheet['origins']): string {
  const found = kinds.filter((kind) => origins.some(({ findings }) => (findings[kind] ?? 0) > 0));
  return `${kindsText(kinds)}; found: ${found.length === 0 ? 'none' : kindsText(found)}`;
}
