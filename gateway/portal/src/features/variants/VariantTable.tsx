import { Content, Flex } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import type { Criterion } from '@/shared/data/applications';
import type { Run, Verdict } from '@/shared/data/evaluations';
import { useOpenForm } from '@/shared/data/applicationForm';
import { useLowerIsBetter } from '@/shared/data/suites';
import type { Variant } from '@/shared/data/variants';
import { VariantData } from './VariantData';
import { VariantParts } from './VariantParts';
import { count, inSentence } from '@/shared/text/format';
import { metricName, metricRange, metricValue } from '@/shared/text/metrics';
import { TableFrame } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { Interval, scaleOf, type Scale } from '@/shared/ui/Interval';
import { RoleButton } from '@/shared/ui/RoleButton';
import { StateLabel } from '@/shared/ui/StateLabel';
import { RefreshButton } from '@/shared/variants/RefreshButton';

export interface Row {
  variant: Variant;
  run?: Run;
  verdict?: Verdict;
}

interface VariantTableProps {
  rows: Row[];
  metric: string | undefined;
  criterion: Criterion | undefined;
}

export function VariantTable({ rows, metric, criterion }: VariantTableProps): ReactNode {
  const open = useOpenForm();
  const lowerIsBetter = useLowerIsBetter();
  const measureOf = (run: Run | undefined) => (metric === undefined ? undefined : run?.metrics[metric]);
  const measures = rows.map(({ run }) => measureOf(run)).filter((measure) => measure !== undefined);
  const scale = scaleOf(measures, criterion?.threshold);
  return (
    <>
      <TableFrame aria-label="Variants" gridBreakPoint="grid-lg">
        <Thead>
          <Tr>
            <Th>Variant</Th>
            <Th width={30}>Composition</Th>
            {metric !== undefined && (
              <>
                <Th className="pl-number">{metricName(metric)}</Th>
                <Th className="pl-number">95% interval</Th>
                <Th>{improvement(lowerIsBetter(metric))}</Th>
                <Th className="pl-number">Items</Th>
              </>
            )}
            <Th>Verdict</Th>
            <Th screenReaderText="Actions" />
          </Tr>
        </Thead>
        <Tbody>
          {rows.map(({ variant, run, verdict }) => {
            const { variantDigest, name } = variant;
            const measure = measureOf(run);
            return (
              <Tr key={variantDigest}>
                <Td dataLabel="Variant">
                  {name} <DigestText value={variantDigest} />
                </Td>
                <Td dataLabel="Composition">
                  <VariantParts variant={variant} />
                  <VariantData variant={variant} />
                </Td>
                {metric !== undefined && (
                  <Measured metric={metric} measure={measure} scale={scale} limit={criterion?.threshold} />
                )}
                <Td dataLabel="Verdict">
                  {verdict ? (
                    <>
                      <StateLabel state={verdict.outcome} />
                      {verdict.criteria
                        .filter(({ outcome }) => outcome !== 'PASS')
                        .map((judged) => (
                          <div key={judged.metric} className="pl-subtle">
                            {metricName(judged.metric)} {inSentence(judged.outcome)}
                          </div>
                        ))}
                    </>
                  ) : (
                    <span className="pl-subtle">none yet</span>
                  )}
                </Td>
                <Td dataLabel="Actions" isActionCell>
                  <Flex gap={{ default: 'gapSm' }} flexWrap={{ default: 'wrap' }}>
                    <RoleButton
                      roles={['prompt-engineer', 'ml-engineer']}
                      size="sm"
                      variant="secondary"
                      aria-label={`Evaluate ${name}`}
                      onClick={() => open('run', { variant: variantDigest })}
                    >
                      Evaluate
                    </RoleButton>
                    <RefreshButton variant={variant} size="sm" />
                  </Flex>
                </Td>
              </Tr>
            );
          })}
        </Tbody>
      </TableFrame>
      {criterion && metric !== undefined && (
        <Content component="p" className="pl-subtle">
          Dashed: the registered threshold, {criterion.direction === 'AT_LEAST' ? 'at least' : 'at most'}{' '}
          {metricValue(metric, criterion.threshold)}.
        </Content>
      )}
    </>
  );
}

function improvement(lowerIsBetter: boolean | undefined): string {
  if (lowerIsBetter === undefined) return 'Interval';
  return lowerIsBetter ? 'Smaller is better' : 'Larger is better';
}

interface MeasuredProps {
  metric: string;
  measure: Run['metrics'][string] | undefined;
  scale: Scale;
  limit: number | undefined;
}

function Measured({ metric, measure, scale, limit }: MeasuredProps): ReactNode {
  return (
    <>
      <Td dataLabel="Value" className="pl-number">
        {measure ? metricValue(metric, measure.value) : '—'}
      </Td>
      <Td dataLabel="95% interval" className="pl-number">
        {measure ? metricRange(metric, measure) : '—'}
      </Td>
      <Td dataLabel="Interval">
        {measure ? (
          <Interval metric={metric} measure={measure} scale={scale} limit={limit} />
        ) : (
          <span className="pl-subtle">not evaluated</span>
        )}
      </Td>
      <Td dataLabel="Items" className="pl-number">
        {measure ? count(measure.observations) : '—'}
      </Td>
    </>
  );
}
