import { Card, CardBody, CardTitle, ExpandableSection, Label, Title } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
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

/** One cost model: what the approaches cost, where they cross, and what that rests on. */
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
    <DataTable aria-label="Costs of the approaches">
      <Thead>
        <Tr>
          <Th width={30}>Approach</Th>
          <Th className="pl-number">Monthly at {count(monthlyVolume)} calls</Th>
          <Th className="pl-number">Fixed per month</Th>
          <Th className="pl-number">Per 1,000 calls</Th>
          <Th>Monthly over the profile&rsquo;s volumes</Th>
        </Tr>
      </Thead>
      <Tbody>
        {totals.map(({ approach, monthly, fixed, perRequest }) => (
          <Tr key={approach}>
            <Td dataLabel="Approach">
              {words(approach)}{' '}
              {least.includes(approach) && (
                <Label status="success" isCompact>
                  cheapest
                </Label>
              )}
            </Td>
            <Td dataLabel={`Monthly at ${count(monthlyVolume)} calls`} className="pl-number">
              {money(monthly)}
            </Td>
            <Td dataLabel="Fixed per month" className="pl-number">
              {money(fixed)}
            </Td>
            <Td dataLabel="Per 1,000 calls" className="pl-number">
              {money({ ...perRequest, amount: String(Number(perRequest.amount) * 1_000) })}
            </Td>
            <Td dataLabel="Monthly over the profile&rsquo;s volumes">
              <Range band={bands.find((band) => band.approach === approach)} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
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
