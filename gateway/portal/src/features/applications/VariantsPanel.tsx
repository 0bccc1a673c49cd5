import { Content, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Criteria, Criterion, Variant } from './applications';
import { count } from '@/shared/text/format';
import { metricName, metricValue, smallerIsBetter, type Measure } from '@/shared/text/metrics';
import { DataTable } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { Empty } from '@/shared/ui/Empty';
import { Interval, scaleOf } from '@/shared/ui/Interval';
import { StateLabel } from '@/shared/ui/StateLabel';

interface VariantsPanelProps {
  variants: Variant[];
  criteria: Criteria | null | undefined;
}

/** Variants compared on one metric at a time, on one axis, with the registered limit marked. */
export function VariantsPanel({ variants, criteria }: VariantsPanelProps): ReactNode {
  const { metric: wanted } = useSearch({ from: '/apps/$app' });
  const navigate = useNavigate({ from: '/apps/$app' });
  if (variants.length === 0) {
    return (
      <Empty title="No variants yet">
        A variant is a prompt version with a model, parameters and perhaps an index, fixed by its digest. It appears here once it is created.
      </Empty>
    );
  }
  const metrics = [...new Set(variants.flatMap(({ metrics: measured = {} }) => Object.keys(measured)))];
  const metric = wanted !== undefined && metrics.includes(wanted) ? wanted : metrics[0];
  const criterion = criteria?.criteria.find((one) => one.metric === metric);
  return (
    <>
      {metric !== undefined && (
        <ToggleGroup aria-label="Metric" className="pl-metrics">
          {metrics.map((one) => (
            <ToggleGroupItem
              key={one}
              text={metricName(one)}
              isSelected={one === metric}
              onChange={() => void navigate({ search: (search) => ({ ...search, metric: one }) })}
            />
          ))}
        </ToggleGroup>
      )}
      <VariantTable variants={variants} metric={metric} criterion={criterion} />
    </>
  );
}

function VariantTable({ variants, metric, criterion }: { variants: Variant[]; metric: string | undefined; criterion: Criterion | undefined }): ReactNode {
  const measures = variants.flatMap(({ metrics = {} }) => (metric !== undefined && metrics[metric] ? [metrics[metric]] : []));
  const scale = measures.length > 0 ? scaleOf(measures, criterion?.threshold) : undefined;
  return (
    <>
      <DataTable aria-label="Variants">
        <Thead>
          <Tr>
            <Th>Variant</Th>
            <Th>Model</Th>
            <Th className="pl-number">{metric === undefined ? 'Metric' : metricName(metric)}</Th>
            <Th className="pl-number">95% interval</Th>
            <Th width={30}>{metric === undefined ? 'Drawn' : smallerIsBetter(metric) ? 'Smaller is better' : 'Larger is better'}</Th>
            <Th className="pl-number">Items</Th>
            <Th>Verdict</Th>
          </Tr>
        </Thead>
        <Tbody>
          {variants.map((variant) => {
            const measure = metric === undefined ? undefined : variant.metrics?.[metric];
            return (
              <Tr key={variant.variantDigest}>
                <Td dataLabel="Variant">
                  {variant.name} <DigestText value={variant.variantDigest} />
                </Td>
                <Td dataLabel="Model">{variant.model}</Td>
                <Td dataLabel="Value" className="pl-number">
                  {metric !== undefined && measure ? metricValue(metric, measure.value) : '—'}
                </Td>
                <Td dataLabel="95% interval" className="pl-number">
                  {metric !== undefined && measure ? range(metric, measure) : '—'}
                </Td>
                <Td dataLabel="Drawn">
                  {metric !== undefined && measure && scale ? (
                    <Interval metric={metric} measure={measure} scale={scale} limit={criterion?.threshold} />
                  ) : (
                    <span className="pl-subtle">not measured</span>
                  )}
                </Td>
                <Td dataLabel="Items" className="pl-number">
                  {variant.items == null ? '—' : count(variant.items)}
                </Td>
                <Td dataLabel="Verdict">
                  {variant.verdict ? (
                    <>
                      <StateLabel state={variant.verdict.outcome} />
                      {variant.verdict.reasons.length > 0 && <div className="pl-subtle">{variant.verdict.reasons.join('; ')}</div>}
                    </>
                  ) : (
                    <span className="pl-subtle">none yet</span>
                  )}
                </Td>
              </Tr>
            );
          })}
        </Tbody>
      </DataTable>
      {criterion && metric !== undefined && (
        <Content component="p" className="pl-subtle">
          Dashed: the registered limit, {criterion.direction === 'AT_LEAST' ? 'at least' : 'at most'} {metricValue(metric, criterion.threshold)}.
        </Content>
      )}
    </>
  );
}

function range(metric: string, { low, high }: Measure): string {
  return low == null || high == null ? '—' : `${metricValue(metric, low)} … ${metricValue(metric, high)}`;
}
