import type { Criteria, Criterion } from '@/shared/data/applications';
import { count } from '@/shared/text/format';
import { boundSign, metricName, metricValue } from '@/shared/text/metrics';

/** The content of criteria, registered or not. */
export type CriteriaContent = Pick<
  Criteria,
  'suiteDigest' | 'plannedVerdicts' | 'candidatesPerPhase' | 'criteria' | 'purpose'
>;

/** One difference between criteria. */
export interface CriteriaChange {
  what: string;
  from: string;
  to: string;
}

const absent = 'not required';

/** Returns the differences between criteria, stricter or looser, in the order in which criteria are shown. */
export function criteriaChanges(
  from: CriteriaContent,
  to: CriteriaContent,
  suiteName: (digest: string) => string,
): CriteriaChange[] {
  const metrics = [...new Set([...from.criteria, ...to.criteria].map(({ metric }) => metric))];
  return [
    { what: 'Suite', from: suiteName(from.suiteDigest), to: suiteName(to.suiteDigest) },
    ...metrics.flatMap((metric) => changesOf(metric, named(from, metric), named(to, metric))),
    { what: 'Planned verdicts', from: count(from.plannedVerdicts), to: count(to.plannedVerdicts) },
    {
      what: 'Variants to try per phase',
      from: count(from.candidatesPerPhase),
      to: count(to.candidatesPerPhase),
    },
  ].filter((change) => change.from !== change.to);
}

function named({ criteria }: CriteriaContent, metric: string): Criterion | undefined {
  return criteria.find((one) => one.metric === metric);
}

function changesOf(metric: string, from: Criterion | undefined, to: Criterion | undefined): CriteriaChange[] {
  const name = metricName(metric);
  const either = (show: (criterion: Criterion) => string) => ({
    from: from ? show(from) : absent,
    to: to ? show(to) : absent,
  });
  const thresholds = {
    what: name,
    ...either(({ direction, threshold }) => `${boundSign(direction)} ${metricValue(metric, threshold)}`),
  };
  if (!from || !to) return [thresholds];
  return [
    thresholds,
    {
      what: `${name}, alternative`,
      ...either(({ alternative, power }) => `${metricValue(metric, alternative)}, with probability ${power}`),
    },
    { what: `${name}, margin`, ...either(({ margin }) => (margin === 0 ? 'none' : metricValue(metric, margin))) },
    { what: `${name}, minimum sample size`, ...either(({ sampleSize }) => count(sampleSize)) },
  ];
}
