import { Content, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { criteriaQuery, type Criterion } from './applications';
import { runsQuery, verdictsQuery, type Run, type Verdict } from './measuring';
import { useOpen } from './opening';
import { variantsQuery, type Variant } from './serving';
import { VariantParts } from './VariantParts';
import { count } from '@/shared/text/format';
import { metricName, metricValue, smallerIsBetter, type Measure } from '@/shared/text/metrics';
import { DataTable } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { Empty } from '@/shared/ui/Empty';
import { Interval, scaleOf } from '@/shared/ui/Interval';
import { LinkButton } from '@/shared/ui/LinkButton';
import { Loaded } from '@/shared/ui/Loaded';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { RoleButton } from '@/shared/ui/RoleButton';
import { StateLabel } from '@/shared/ui/StateLabel';

/** Variants are inference's, figures and verdicts evaluation's, the limit strategy's: each is shown as far as its service answers. */
export function VariantsPanel({ application }: { application: string }): ReactNode {
  const runs = useQuery(runsQuery(application));
  const verdicts = useQuery(verdictsQuery(application));
  const unheard = runs.error ?? verdicts.error;
  const open = useOpen();
  const compose = (
    <RoleButton roles={['prompt-engineer', 'ml-engineer']} variant="secondary" onClick={() => open('variant')}>
      Compose a variant
    </RoleButton>
  );
  const index = (
    <LinkButton variant="link" to="/indexes">
      Indexes
    </LinkButton>
  );
  return (
    <Loaded query={useQuery(variantsQuery(application))} what="variants">
      {({ items }) =>
        items.length === 0 ? (
          <Empty title="No variants yet" action={compose}>
            A variant is a prompt version with a model, parameters and perhaps an index, fixed by its digest.
          </Empty>
        ) : (
          <>
            <p className="pl-metrics">
              {compose} {index}
            </p>
            {unheard && (
              <ProblemPanel
                error={unheard}
                onRetry={() => {
                  void runs.refetch();
                  void verdicts.refetch();
                }}
              />
            )}
            <Comparison application={application} rows={measured(items, runs.data?.items ?? [], verdicts.data?.items ?? [])} />
          </>
        )
      }
    </Loaded>
  );
}

interface Row {
  variant: Variant;
  run?: Run;
  verdict?: Verdict;
}

/** Each variant with its newest finished run and its newest verdict; both lists come newest first. */
function measured(variants: Variant[], runs: Run[], verdicts: Verdict[]): Row[] {
  return variants.map((variant) => ({
    variant,
    run: runs.find(({ variantDigest, state }) => variantDigest === variant.variantDigest && state === 'FINISHED'),
    verdict: verdicts.find(({ subjectDigest }) => subjectDigest === variant.variantDigest),
  }));
}

/** One metric at a time, on one axis, with the registered limit marked. */
function Comparison({ application, rows }: { application: string; rows: Row[] }): ReactNode {
  const { metric: wanted } = useSearch({ from: '/apps/$app' });
  const navigate = useNavigate({ from: '/apps/$app' });
  const criteria = useQuery(criteriaQuery(application)).data?.items[0]?.criteria ?? [];
  const metrics = [...new Set(rows.flatMap(({ run }) => Object.keys(run?.metrics ?? {})))];
  const metric = wanted !== undefined && metrics.includes(wanted) ? wanted : metrics[0];
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
      <VariantTable rows={rows} metric={metric} criterion={criteria.find((one) => one.metric === metric)} />
    </>
  );
}

interface VariantTableProps {
  rows: Row[];
  metric: string | undefined;
  criterion: Criterion | undefined;
}

function VariantTable({ rows, metric, criterion }: VariantTableProps): ReactNode {
  const open = useOpen();
  const measureOf = (run: Run | undefined) => (metric === undefined ? undefined : run?.metrics[metric]);
  const measures = rows.map(({ run }) => measureOf(run)).filter((measure) => measure !== undefined);
  const scale = scaleOf(measures, criterion?.threshold);
  return (
    <>
      <DataTable aria-label="Variants">
        <Thead>
          <Tr>
            <Th>Variant</Th>
            <Th>Made of</Th>
            <Th className="pl-number">{metric === undefined ? 'Metric' : metricName(metric)}</Th>
            <Th className="pl-number">95% interval</Th>
            <Th>{metric === undefined ? 'Drawn' : smallerIsBetter(metric) ? 'Smaller is better' : 'Larger is better'}</Th>
            <Th className="pl-number">Items</Th>
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
                <Td dataLabel="Made of">
                  <VariantParts variant={variant} />
                </Td>
                <Td dataLabel="Value" className="pl-number">
                  {metric !== undefined && measure ? metricValue(metric, measure.value) : '—'}
                </Td>
                <Td dataLabel="95% interval" className="pl-number">
                  {metric !== undefined && measure ? range(metric, measure) : '—'}
                </Td>
                <Td dataLabel="Drawn">
                  {metric !== undefined && measure ? (
                    <Interval metric={metric} measure={measure} scale={scale} limit={criterion?.threshold} />
                  ) : (
                    <span className="pl-subtle">not measured</span>
                  )}
                </Td>
                <Td dataLabel="Items" className="pl-number">
                  {measure ? count(measure.observations) : '—'}
                </Td>
                <Td dataLabel="Verdict">
                  {verdict ? (
                    <>
                      <StateLabel state={verdict.outcome} />
                      {verdict.reasons.length > 0 && <div className="pl-subtle">{verdict.reasons.join('; ')}</div>}
                    </>
                  ) : (
                    <span className="pl-subtle">none yet</span>
                  )}
                </Td>
                <Td dataLabel="Actions" isActionCell>
                  <RoleButton roles={['prompt-engineer', 'ml-engineer']} size="sm" variant="secondary" aria-label={`Measure ${name}`} onClick={() => open('measure', { variant: variantDigest })}>
                    Measure
                  </RoleButton>
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
