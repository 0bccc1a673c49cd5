import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { burdens, dominatorOf } from './pareto';
import type { Shown } from './TradeoffChart';
import { variantName, variantsQuery } from '@/shared/data/variants';
import { metricName, metricRange, metricValue } from '@/shared/text/metrics';
import { TableFrame } from '@/shared/ui/DataTable';
import { StateLabel } from '@/shared/ui/StateLabel';

/** The figures of the chart, with the variant that dominates each. */
export function TradeoffTable({
  application,
  metric,
  lowerIsBetter,
  burden,
  variants,
}: Shown & { application: string }): ReactNode {
  const names = useQuery(variantsQuery(application)).data?.items ?? [];
  return (
    <TableFrame aria-label={`${metricName(metric)} against cost and latency`}>
      <Thead>
        <Tr>
          <Th className="pl-number">Number</Th>
          <Th>Variant</Th>
          <Th className="pl-number">{metricName(metric)}</Th>
          <Th className="pl-number">95% interval</Th>
          <Th className="pl-number">Cost per 1,000</Th>
          <Th className="pl-number">Latency p95</Th>
          <Th>{burden === 'cost' ? 'By quality and cost' : 'By quality and latency'}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {variants.map((variant, index) => {
          const { runId, variantDigest, quality, cost, latency } = variant;
          const better = dominatorOf(variant, variants, burden, lowerIsBetter);
          return (
            <Tr key={runId}>
              <Td dataLabel="Number" className="pl-number">
                {index + 1}
              </Td>
              <Td dataLabel="Variant">
                <Link to="/runs/$run" params={{ run: runId }}>
                  {variantName(names, variantDigest)}
                </Link>
              </Td>
              <Td dataLabel={metricName(metric)} className="pl-number">
                {metricValue(metric, quality.value)}
              </Td>
              <Td dataLabel="95% interval" className="pl-number">
                {metricRange(metric, quality)}
              </Td>
              <Td dataLabel="Cost per 1,000" className="pl-number">
                {cost ? metricValue(burdens.cost, cost.value) : '—'}
              </Td>
              <Td dataLabel="Latency p95" className="pl-number">
                {latency ? metricValue(burdens.latency, latency.value) : '—'}
              </Td>
              <Td dataLabel="Dominance">
                {variant[burden] === undefined ? (
                  <span className="pl-subtle">not measured</span>
                ) : better ? (
                  `Dominated by ${variantName(names, better.variantDigest)}`
                ) : (
                  <StateLabel state="NOT_DOMINATED" />
                )}
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </TableFrame>
  );
}
