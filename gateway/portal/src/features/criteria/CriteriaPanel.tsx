import { Card, CardBody, CardHeader, CardTitle, Label, Title } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { criteriaQuery, inForceOf, type Criteria } from '@/shared/data/applications';
import { useOpenForm } from '@/shared/data/applicationForm';
import { RequiredItems } from './RequiredItems';
import { describedSuite, suitesQuery } from '@/shared/data/suites';
import { count, words } from '@/shared/text/format';
import { boundSign, metricName, metricValue } from '@/shared/text/metrics';
import { trivialScore } from '@/shared/text/trivial';
import { Term } from '@/shared/help/Term';
import { DataTable } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { RoleButton } from '@/shared/ui/RoleButton';

/** The criteria in force. */
export function CriteriaPanel({ application }: { application: string }): ReactNode {
  const query = useQuery(criteriaQuery(application));
  const open = useOpenForm();
  const registered = query.data?.items[0] !== undefined;
  const register = (
    <RoleButton
      roles={['prompt-engineer', 'ml-engineer']}
      variant="secondary"
      size="sm"
      onClick={() => open('criteria')}
    >
      {registered ? 'Register new criteria' : 'Register criteria'}
    </RoleButton>
  );
  return (
    <Card>
      <CardHeader actions={registered ? { actions: register, hasNoOffset: true } : undefined}>
        <CardTitle component="h2">Success criteria</CardTitle>
      </CardHeader>
      <CardBody>
        <Loaded query={query} what="criteria">
          {({ items }) =>
            items.length === 0 ? (
              <Empty title="No criteria registered" action={register}>
                Define success before you evaluate: verdicts use thresholds that were registered earlier, with a receipt
                from the ledger.
              </Empty>
            ) : (
              <BothPurposes releases={inForceOf(items)} refreshes={inForceOf(items, 'REFRESH')} />
            )
          }
        </Loaded>
        <RequiredItems />
      </CardBody>
    </Card>
  );
}

interface BothPurposesProps {
  releases: Criteria | undefined;
  refreshes: Criteria | undefined;
}

function BothPurposes({ releases, refreshes }: BothPurposesProps): ReactNode {
  return (
    <>
      {releases && <InForce criteria={releases} name="Criteria" />}
      {refreshes && (
        <>
          <Title headingLevel="h3">Document refreshes</Title>
          <p>
            These criteria compare a variant that changes only its documents with the released one. A policy may release
            it without a person.
          </p>
          <InForce criteria={refreshes} name="Criteria of refreshes" />
        </>
      )}
    </>
  );
}

function InForce({ criteria, name }: { criteria: Criteria; name: string }): ReactNode {
  const suite = useQuery(suitesQuery).data?.items.find(({ suiteDigest }) => suiteDigest === criteria.suiteDigest);
  return (
    <>
      <p>
        Version {criteria.version} · <Receipt criteria={criteria} /> <span className="pl-subtle">digest</span>{' '}
        <DigestText value={criteria.criteriaDigest} />
      </p>
      <p>
        Suite: {suite ? describedSuite(suite) : <DigestText value={criteria.suiteDigest} />}. Planned verdicts:{' '}
        {count(criteria.plannedVerdicts)}
        {criteria.purpose === 'RELEASE' &&
          `; ${count(criteria.candidatesPerPhase)} variants of a phase are compared on validation rows ` +
            'before the failure of the best one counts'}
        .
      </p>
      <DataTable
        aria-label={name}
        rows={criteria.criteria}
        rowKey={({ metric }) => metric}
        columns={[
          { header: 'Metric', cell: ({ metric }) => metricName(metric) },
          { header: 'Kind of evidence', cell: ({ kind }) => words(kind) },
          {
            header: 'Threshold',
            kind: 'number',
            cell: ({ metric, direction, threshold }) => (
              <>
                {boundSign(direction)} {metricValue(metric, threshold)}
              </>
            ),
          },
          {
            header: (
              <>
                Met by <Term name="trivial variant">trivial variants</Term>
              </>
            ),
            label: 'Met by trivial variants',
            cell: ({ metric }) =>
              criteria.triviallyMet
                .filter((met) => met.metric === metric)
                .map((met) => trivialScore(metric, met.score, met))
                .join(', ') || 'no',
          },
          {
            header: <Term name="alternative">Alternative</Term>,
            label: 'Alternative',
            kind: 'number',
            cell: ({ metric, alternative }) => metricValue(metric, alternative),
          },
          {
            header: 'Margin against baseline',
            kind: 'number',
            cell: ({ metric, margin }) => (margin === 0 ? 'none' : metricValue(metric, margin)),
          },
          { header: 'Minimum sample size', kind: 'number', cell: ({ sampleSize }) => count(sampleSize) },
        ]}
      />
    </>
  );
}

function Receipt({ criteria: { receipt } }: { criteria: Criteria }): ReactNode {
  if (receipt == null)
    return (
      <Label isCompact status="warning">
        Waiting for the ledger's receipt
      </Label>
    );
  return (
    <>
      <Label isCompact status="success">
        In the ledger
      </Label>{' '}
      <Link to="/audit" search={{ entry: String(receipt.ledgerIndex) }}>
        entry {count(receipt.ledgerIndex)}
      </Link>
    </>
  );
}
