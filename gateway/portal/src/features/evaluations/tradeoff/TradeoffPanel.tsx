import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { qualities, weighed, type Burden, type Weighed } from './pareto';
import { TradeoffChart } from './TradeoffChart';
import { TradeoffTable } from './TradeoffTable';
import { runsQuery, type Run } from '@/shared/data/evaluations';
import { describedSuite, suitesQuery, type Suite } from '@/shared/data/suites';
import { SelectField } from '@/shared/form/SelectField';
import { count } from '@/shared/text/format';
import { metricName } from '@/shared/text/metrics';

/** Quality against cost or latency. Empty until two variants were measured over the same suite. */
export function TradeoffPanel({ application }: { application: string }): ReactNode {
  const { items: runs = [], nextPageToken } = useQuery(runsQuery(application)).data ?? {};
  const suites = useQuery(suitesQuery).data?.items ?? [];
  const measured = comparable(runs, suites);
  if (measured.length === 0) return null;
  return (
    <Card>
      <CardTitle component="h2">Quality against cost and latency</CardTitle>
      <CardBody>
        <Tradeoff application={application} runs={runs} areAll={nextPageToken == null} suites={measured} />
      </CardBody>
    </Card>
  );
}

interface TradeoffProps {
  application: string;
  runs: Run[];
  areAll: boolean;
  suites: Suite[];
}

function Tradeoff({ application, runs, areAll, suites }: TradeoffProps): ReactNode {
  const search = useSearch({ from: '/apps/$app' });
  const navigate = useNavigate({ from: '/apps/$app' });
  const choose = (chosen: { suite?: string; metric?: string; against?: string }) =>
    void navigate({ search: (current) => ({ ...current, ...chosen }), replace: true, resetScroll: false });
  const suite = suites.find(({ suiteDigest }) => suiteDigest === search.suite) ?? suites[0];
  if (suite === undefined) return null;
  const metrics = qualities(suite).filter(({ metric }) => weighed(runs, suite, metric).length > 0);
  const quality = metrics.find(({ metric }) => metric === search.metric) ?? metrics[0];
  if (quality === undefined) return null;
  const variants = weighed(runs, suite, quality.metric);
  const burden = burdenOf(search.against, variants);
  const shown = {
    metric: quality.metric,
    lowerIsBetter: quality.direction === 'AT_MOST',
    burden,
    variants,
  };
  return (
    <div className="pl-stack">
      <div className="pl-grid">
        <SelectField
          id="tradeoff-suite"
          label="Suite"
          value={suite.suiteDigest}
          choices={suites.map((one) => ({ value: one.suiteDigest, label: describedSuite(one) }))}
          onChange={(digest) => choose({ suite: digest })}
        />
        <SelectField
          id="tradeoff-quality"
          label="Quality"
          value={quality.metric}
          choices={metrics.map(({ metric }) => ({ value: metric, label: metricName(metric) }))}
          onChange={(metric) => choose({ metric })}
        />
        <SelectField
          id="tradeoff-against"
          label="Against"
          value={burden}
          choices={[
            { value: 'cost', label: 'Cost per 1,000' },
            { value: 'latency', label: 'Latency p95' },
          ]}
          onChange={(against) => choose({ against })}
        />
      </div>
      <TradeoffChart {...shown} />
      <TradeoffTable application={application} {...shown} />
      <p className="pl-subtle">
        The newest run of each variant over the suite
        {!areAll && `, among the newest ${count(runs.length)} runs of the application`}. A variant is dominated if
        another is at least as good in both, and better in one. The values are measured and have intervals. Run a
        comparison to see which differences are clear.
      </p>
    </div>
  );
}

/** Returns cost, unless latency was chosen or no variant has a price. */
function burdenOf(against: string | undefined, variants: Weighed[]): Burden {
  if (against === 'latency' || against === 'cost') return against;
  return variants.some(({ cost }) => cost !== undefined) ? 'cost' : 'latency';
}

/** Returns the suites with at least two measured variants, the one with the newest run first. */
function comparable(runs: Run[], suites: Suite[]): Suite[] {
  const finished = runs.filter(({ state, variantDigest }) => state === 'FINISHED' && variantDigest != null);
  const digests = [...new Set(finished.map(({ suiteDigest }) => suiteDigest))];
  return digests
    .filter((digest) => {
      const variants = finished.filter(({ suiteDigest }) => suiteDigest === digest);
      return new Set(variants.map(({ variantDigest }) => variantDigest)).size > 1;
    })
    .flatMap((digest) => suites.find(({ suiteDigest }) => suiteDigest === digest) ?? []);
}
