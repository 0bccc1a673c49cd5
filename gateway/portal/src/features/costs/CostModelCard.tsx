import { Card, CardBody, CardTitle, ExpandableSection, Label, Title } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import { BreakEvenTable } from './BreakEvenTable';
import { CostCurves } from './CostCurves';
import { CostFigures } from './CostFigures';
import { cheapest, type CostModel } from './costs';
import { count, words } from '@/shared/text/format';
import { money } from '@/shared/text/money';
import { DataTable } from '@/shared/ui/DataTable';
import { Person } from '@/shared/ui/Person';
import { Time } from '@/shared/ui/Time';

/** One cost model: the costs of the approaches, their break-even points and the figures behind them. */
export function CostModelCard({ model }: { model: CostModel }): ReactNode {
  const { monthlyVolume, profile, basis, author, createdAt, breakEven, maxVolume, lines } = model;
  const [expanded, expand] = useState(false);
  return (
    <Card>
      <CardTitle component="h2">Costs at {count(monthlyVolume)} calls per month</CardTitle>
      <CardBody>
        <div className="pl-stack">
          <p className="pl-subtle">
            {words(profile)} profile · {basis} · computed by <Person actor={author} />, <Time at={createdAt} />
          </p>
          <Totals model={model} />
          <CostCurves model={model} />
          <Title headingLevel="h3" size="md">
            Break-even points
          </Title>
          <BreakEvenTable breakEven={breakEven} maxVolume={maxVolume} />
          <ExpandableSection
            toggleText="Figures and their sources"
            isExpanded={expanded}
            onToggle={(_event, next) => expand(next)}
          >
            <CostFigures lines={lines} />
          </ExpandableSection>
        </div>
      </CardBody>
    </Card>
  );
}

function Totals({ model: { totals, bands, monthlyVolume } }: { model: CostModel }): ReactNode {
  const least = cheapest(totals);
  return (
    <DataTable
      aria-label="Costs of the approaches"
      rows={totals}
      rowKey={({ approach }) => approach}
      columns={[
        {
          header: 'Approach',
          width: 30,
          cell: ({ approach }) => (
            <>
              {words(approach)}{' '}
              {least.includes(approach) && (
                <Label status="success" isCompact>
                  cheapest
                </Label>
              )}
            </>
          ),
        },
        {
          header: <>Monthly at {count(monthlyVolume)} calls</>,
          label: `Monthly at ${count(monthlyVolume)} calls`,
          kind: 'number',
          cell: ({ monthly }) => money(monthly),
        },
        { header: 'Fixed per month', kind: 'number', cell: ({ fixed }) => money(fixed) },
        {
          header: 'Per 1,000 calls',
          kind: 'number',
          cell: ({ perRequest }) => money({ ...perRequest, amount: String(Number(perRequest.amount) * 1_000) }),
        },
        {
          header: 'Monthly over the profile&rsquo;s volumes',
          cell: ({ approach }) => <Range band={bands.find((band) => band.approach === approach)} />,
        },
      ]}
    />
  );
}

function Range({ band }: { band: CostModel['bands'][number] | undefined }): ReactNode {
  if (band === undefined) return '—';
  const { low, high, excludesUsage, source } = band;
  return (
    <>
      {high == null ? `from ${money(low)}` : `${money(low)} to ${money(high)}`}
      {excludesUsage && ', plus calls'}
      {source === 'guide band' && <span className="pl-subtle"> from the guide</span>}
    </>
  );
}
