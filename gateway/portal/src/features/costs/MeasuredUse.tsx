import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { overviewQuery } from '@/shared/data/applications';
import { costOf, tokensOf, usageQuery, type UsageRow } from '@/shared/data/usage';
import { SelectField } from '@/shared/form/SelectField';
import { count } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { Loaded } from '@/shared/ui/Loaded';

const groups = [
  { value: 'API_KEY', label: 'API key' },
  { value: 'VARIANT', label: 'Variant' },
  { value: 'MODEL', label: 'Model' },
] as const;

type Group = (typeof groups)[number]['value'];

/** The measured usage and cost of the application's calls, beside the computed costs. */
export function MeasuredUse({ application }: { application: string }): ReactNode {
  const [group, choose] = useState<Group>('API_KEY');
  const usage = useQuery(usageQuery(group, 30 * 24, { application }));
  const label = groups.find(({ value }) => value === group)?.label ?? '';
  return (
    <Card>
      <CardTitle component="h2">Measured in the last 30 days</CardTitle>
      <CardBody className="pl-stack">
        <SelectField
          id="measured-by"
          label="By"
          value={group}
          choices={[...groups]}
          onChange={(value) => choose(value as Group)}
        />
        <Pace application={application} />
        <Loaded query={usage} what="the measured usage">
          {({ rows, groups: all }) =>
            rows.length === 0 ? (
              <p>There were no calls in that time. Once a release is active, Releases shows how to call it.</p>
            ) : (
              <>
                <Measured label={label} rows={rows} />
                {all > rows.length && <p>{count(all - rows.length)} more, with fewer requests.</p>}
              </>
            )
          }
        </Loaded>
      </CardBody>
    </Card>
  );
}

/** The full days of traffic that strategy needs to project a month: one week. */
const fullDaysOfPace = 7;

/** The projected requests per month, once there are enough days. */
function Pace({ application }: { application: string }): ReactNode {
  const usage = useQuery(overviewQuery(application)).data?.usage;
  if (usage == null) return null;
  const { fullDays, monthlyPace } = usage;
  return (
    <p>
      {monthlyPace == null
        ? 'Not enough days for a monthly pace: ' +
          `${count(Math.min(fullDays, fullDaysOfPace))} of ${fullDaysOfPace} full days of traffic.`
        : `At the pace of ${count(fullDays)} full days: ${count(monthlyPace)} requests a month.`}{' '}
      Calls for evaluation and judging cost money, but do not count as traffic.
    </p>
  );
}

function Measured({ label, rows }: { label: string; rows: UsageRow[] }): ReactNode {
  return (
    <DataTable
      aria-label={`Measured by ${label}`}
      rows={rows}
      rowKey={(row) => row.apiKeyId ?? row.variantDigest ?? row.model ?? ''}
      columns={[
        { header: label, cell: (row) => <Name row={row} /> },
        { header: 'Requests', cell: (row) => count(row.requests) },
        { header: 'Failed', cell: (row) => count(row.errors) },
        { header: 'Tokens', cell: (row) => tokensOf(row) },
        { header: 'Cost', cell: (row) => costOf(row) },
      ]}
    />
  );
}

function Name({ row: { apiKeyId, apiKeyName, variantDigest, model } }: { row: UsageRow }): ReactNode {
  if (apiKeyName != null) return apiKeyName;
  if (variantDigest != null) return <DigestText value={variantDigest} />;
  return model ?? apiKeyId ?? 'Without a key: people, evaluation and other services';
}
