import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { requiredItemsQuery, type RequiredItemsQuestion } from './criteria';
import { itemsFor, type Row } from './proposal';
import type { Suite } from '@/shared/data/suites';
import { count } from '@/shared/text/format';
import { metricUnit } from '@/shared/text/metrics';

interface NeededItemsProps {
  row: Row;
  suite: Suite | undefined;
  plannedVerdicts: string;
}

/** The number of items that a criterion needs for its alternative, beside the number in the suite. */
export function NeededItems({ row, suite, plannedVerdicts }: NeededItemsProps): ReactNode {
  const question = questionOf(row, plannedVerdicts);
  const { data } = useQuery({
    ...requiredItemsQuery(question ?? { threshold: 0, alternative: 1 }),
    enabled: question !== undefined,
  });
  if (question === undefined || data === undefined || suite === undefined) return <span className="pl-subtle">—</span>;
  const needed = data.planned.itemsPerSet;
  const there = itemsFor(row.metric, suite);
  return (
    <>
      <meter
        className="pl-meter"
        max={needed}
        value={Math.min(there, needed)}
        low={needed}
        optimum={needed}
        aria-label={`${count(there)} of ${count(needed)} items needed`}
      />
      <div className="pl-subtle">
        {there < needed
          ? `${count(needed)} needed, the suite has ${count(there)}`
          : `${count(needed)} of ${count(there)}`}
      </div>
    </>
  );
}

/**
 * Returns the question for shares only, whose spread follows from the values. The spread of macro F1, latency and cost
 * needs a run.
 */
function questionOf(
  { metric, threshold, alternative, power }: Row,
  plannedVerdicts: string,
): RequiredItemsQuestion | undefined {
  const values = [Number(threshold), Number(alternative)];
  const isShare =
    metric !== 'macro_f1' &&
    metricUnit(metric) === '' &&
    threshold.trim() !== '' &&
    alternative.trim() !== '' &&
    values[0] !== values[1] &&
    values.every((value) => value >= 0 && value <= 1);
  const planned = Number(plannedVerdicts);
  if (!isShare || !Number.isInteger(planned) || planned < 1 || planned > 20) return undefined;
  return {
    threshold: Number(threshold),
    alternative: Number(alternative),
    power: Number(power) || undefined,
    plannedVerdicts: planned,
  };
}
