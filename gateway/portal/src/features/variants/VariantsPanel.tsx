import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { criteriaQuery, inForceOf } from '@/shared/data/applications';
import { runsQuery, type Run, type Verdict, verdictsQuery } from '@/shared/data/evaluations';
import { useOpenForm } from '@/shared/data/applicationForm';
import { type Variant, variantsQuery } from '@/shared/data/variants';
import { VariantTable, type Row } from './VariantTable';
import { SelectField } from '@/shared/form/SelectField';
import { metricName } from '@/shared/text/metrics';
import { Empty } from '@/shared/ui/Empty';
import { LinkButton } from '@/shared/ui/LinkButton';
import { Loaded } from '@/shared/ui/Loaded';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { RoleButton } from '@/shared/ui/RoleButton';

/**
 * The variants of an application, compared by metric. Variants come from inference, figures and verdicts from
 * evaluation, thresholds from strategy. Each is shown if its service answers.
 */
export function VariantsPanel({ application }: { application: string }): ReactNode {
  const runs = useQuery(runsQuery(application));
  const verdicts = useQuery(verdictsQuery(application));
  const unavailable = runs.error ?? verdicts.error;
  const open = useOpenForm();
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
            A variant combines a prompt version with a model, parameters and optionally an index. Its digest identifies
            it.
          </Empty>
        ) : (
          <>
            <div className="pl-metrics">
              {compose} {index}
            </div>
            {unavailable && (
              <ProblemPanel
                error={unavailable}
                onRetry={() => {
                  void runs.refetch();
                  void verdicts.refetch();
                }}
              />
            )}
            <Comparison
              application={application}
              rows={evaluated(items, runs.data?.items ?? [], verdicts.data?.items ?? [])}
            />
          </>
        )
      }
    </Loaded>
  );
}

/** Returns each variant with its newest finished run and verdict. Both lists come newest first. */
function evaluated(variants: Variant[], runs: Run[], verdicts: Verdict[]): Row[] {
  return variants.map((variant) => ({
    variant,
    run: runs.find(({ variantDigest, state }) => variantDigest === variant.variantDigest && state === 'FINISHED'),
    verdict: verdicts.find(({ subjectDigest }) => subjectDigest === variant.variantDigest),
  }));
}

/** Compares the variants by one metric on one axis, with the registered threshold marked. */
function Comparison({ application, rows }: { application: string; rows: Row[] }): ReactNode {
  const { metric: wanted } = useSearch({ from: '/apps/$app' });
  const navigate = useNavigate({ from: '/apps/$app' });
  const criteria = inForceOf(useQuery(criteriaQuery(application)).data?.items)?.criteria ?? [];
  const measured = [...new Set(rows.flatMap(({ run }) => Object.keys(run?.metrics ?? {})))];
  const judged = measured.filter((metric) => criteria.some((one) => one.metric === metric));
  const metrics = [...judged, ...measured.filter((metric) => !judged.includes(metric))];
  const metric = wanted !== undefined && metrics.includes(wanted) ? wanted : metrics[0];
  return (
    <>
      {metric !== undefined && (
        <div className="pl-metrics pl-narrow">
          <SelectField
            id="variants-metric"
            label="Metric"
            value={metric}
            choices={metrics.map((one) => ({
              value: one,
              label: judged.includes(one) ? `${metricName(one)} (criterion)` : metricName(one),
            }))}
            onChange={(one) => void navigate({ search: (search) => ({ ...search, metric: one }) })}
          />
        </div>
      )}
      <VariantTable rows={rows} metric={metric} criterion={criteria.find((one) => one.metric === metric)} />
    </>
  );
}
