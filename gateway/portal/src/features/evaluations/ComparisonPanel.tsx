import { Alert, Card, CardBody, CardTitle, Content, Label, Title } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { comparisonsQuery, type Comparison } from './evaluations';
import { ItemDifferences } from './ItemDifferences';
import { runsQuery } from '@/shared/data/evaluations';
import { variantName, variantsQuery } from '@/shared/data/variants';
import { count } from '@/shared/text/format';
import { useLowerIsBetter } from '@/shared/data/suites';
import { metricName, metricValue, type Measure } from '@/shared/text/metrics';
import { TableFrame } from '@/shared/ui/DataTable';
import { Interval, scaleOf } from '@/shared/ui/Interval';
import { Loaded } from '@/shared/ui/Loaded';

/** The newest comparison, item by item. Empty without one. */
export function ComparisonPanel({ application }: { application: string }): ReactNode {
  const query = useQuery(comparisonsQuery(application));
  const [newest] = query.data?.items ?? [];
  if (query.isSuccess && newest === undefined) return null;
  return (
    <Card>
      <CardTitle component="h2">
        Latest comparison {newest?.exploration && <Label isCompact>Exploration</Label>}
      </CardTitle>
      <CardBody>
        <Loaded query={query} what="the comparison">
          {({ items: [comparison] }) =>
            comparison &&
            (comparison.state === 'FAILED' ? (
              <Alert isInline variant="danger" component="h3" title="The comparison failed">
                {comparison.reason}
              </Alert>
            ) : (
              <Compared application={application} comparison={comparison} />
            ))
          }
        </Loaded>
      </CardBody>
    </Card>
  );
}

function Compared({
  application,
  comparison: { comparisonId, baselineRunId, deltas, exploration },
}: {
  application: string;
  comparison: Comparison;
}): ReactNode {
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  const runs = useQuery(runsQuery(application)).data?.items ?? [];
  const baseline = variantName(variants, runs.find(({ runId }) => runId === baselineRunId)?.variantDigest);
  const lowerIsBetter = useLowerIsBetter();
  const metrics = [...new Set(deltas.flatMap(({ differences }) => Object.keys(differences)))];
  return (
    <>
      <Content component="p">
        Difference to <strong>{baseline}</strong> on the items that both answered, with 95% intervals. The dashed line
        marks no difference.
        {exploration && ' These runs are over validation rows: no planned verdict is used, and no gate opens.'}
      </Content>
      <TableFrame aria-label="Differences">
        <Thead>
          <Tr>
            <Th>Variant</Th>
            <Th>Metric</Th>
            <Th className="pl-number">Difference</Th>
            <Th>Interval</Th>
            <Th>Result</Th>
          </Tr>
        </Thead>
        {deltas.map(({ runId, subjectDigest, commonItems, pValue, differences }) => (
          <Tbody key={runId}>
            {metrics.map((metric, index) => {
              const measure = differences[metric];
              return (
                <Tr key={metric}>
                  {index === 0 && (
                    <Td dataLabel="Variant" rowSpan={metrics.length}>
                      {variantName(variants, subjectDigest)}
                      <div className="pl-subtle">
                        {count(commonItems)} items, p{' '}
                        {pValue < 0.0001 ? '< .0001' : `= ${pValue.toFixed(4).replace('0.', '.')}`} (McNemar)
                      </div>
                    </Td>
                  )}
                  <Td dataLabel="Metric">{metricName(metric)}</Td>
                  <Td dataLabel="Difference" className="pl-number">
                    {measure ? signed(metric, measure.value) : '—'}
                  </Td>
                  <Td dataLabel="Interval">
                    {measure && (
                      <Interval
                        metric={metric}
                        measure={measure}
                        limit={0}
                        scale={scaleOf(
                          deltas.flatMap((delta) => delta.differences[metric] ?? []),
                          0,
                        )}
                      />
                    )}
                  </Td>
                  <Td dataLabel="Result">{measure && reading(measure, lowerIsBetter(metric))}</Td>
                </Tr>
              );
            })}
          </Tbody>
        ))}
      </TableFrame>
      {exploration &&
        deltas.map(({ runId, subjectDigest }) => {
          const variant = variantName(variants, subjectDigest);
          return (
            <section key={runId}>
              <Title headingLevel="h3">Items on which {variant} differs</Title>
              <ItemDifferences {...{ comparisonId, runId, variant, baseline }} />
            </section>
          );
        })}
    </>
  );
}

function signed(metric: string, value: number): string {
  const text = metricValue(metric, Math.abs(value));
  return value === 0 ? text : `${value > 0 ? '+' : '−'}${text}`;
}

/** Describes an interval: better or worse only if it excludes no difference. */
function reading({ low, high }: Measure, lowerIsBetter: boolean | undefined): string {
  if (low == null || high == null || (low <= 0 && high >= 0)) return 'no clear difference';
  if (lowerIsBetter === undefined) return low > 0 ? 'higher' : 'lower';
  return low > 0 === lowerIsBetter ? 'worse' : 'better';
}
