import type { ReactNode } from 'react';
import type { Run, Suite } from './runs';
import { count, inSentence } from '@/shared/text/format';
import { metricName, metricRange, metricValue } from '@/shared/text/metrics';
import { DataTable } from '@/shared/ui/DataTable';
import { Interval, scaleOf } from '@/shared/ui/Interval';

type Measure = Run['metrics'][string];

interface RunFiguresProps {
  run: Run;
  suite: Suite | undefined;
}

/** The metrics with their intervals. Consistency is also shown by kind of perturbation. */
export function RunFigures({ run: { metrics, consistency }, suite }: RunFiguresProps): ReactNode {
  const rows: { key: string; metric: string; name: string; measure: Measure }[] = Object.entries(metrics).flatMap(
    ([metric, measure]) => [
      { key: metric, metric, name: metricName(metric), measure },
      ...(metric === 'consistency'
        ? Object.entries(consistency).map(([kind, one]) => ({
            key: kind,
            metric,
            name: `… ${inSentence(kind)}`,
            measure: one,
          }))
        : []),
    ],
  );
  const isOverSome = ({ metric, measure }: { metric: string; measure: Measure }) =>
    suite !== undefined && metric !== 'consistency' && measure.observations < suite.items;
  return (
    <>
      <DataTable
        aria-label="Metrics"
        rows={rows}
        rowKey={({ key }) => key}
        columns={[
          {
            header: 'Metric',
            cell: ({ metric, name }) => (
              <>
                {name}
                {improvement(metric, suite) && <div className="pl-subtle">{improvement(metric, suite)}</div>}
              </>
            ),
          },
          { header: 'Value', kind: 'number', cell: ({ metric, measure }) => metricValue(metric, measure.value) },
          { header: '95% interval', kind: 'number', cell: ({ metric, measure }) => metricRange(metric, measure) },
          {
            header: 'Interval',
            cell: ({ metric, measure }) => <Interval metric={metric} measure={measure} scale={axis(metric, measure)} />,
          },
          {
            header: 'Items',
            kind: 'number',
            cell: ({ metric, measure }) => (
              <>
                {count(measure.observations)}
                {suite && isOverSome({ metric, measure }) && (
                  <span className="pl-subtle"> of {count(suite.items)}</span>
                )}
              </>
            ),
          },
        ]}
      />
      {rows.some(isOverSome) && (
        <p className="pl-subtle">
          Each metric covers the items to which its scorer applies. Retrieval and citations cover items that refer to
          passages. Out-of-scope recall covers items that have no answer.
        </p>
      )}
    </>
  );
}

/** Returns the direction in which a metric improves, as the suite defines it. */
function improvement(metric: string, suite: Suite | undefined): string | undefined {
  const direction = suite?.metrics.find((one) => one.metric === metric)?.direction;
  return direction === 'AT_MOST' ? 'lower is better' : undefined;
}

/** Returns the axis of a metric. Shares use 0 to 1, so that they can be compared by eye; others start at 0. */
function axis(metric: string, measure: Measure) {
  return metric.endsWith('_ms') || metric.endsWith('_usd') ? { ...scaleOf([measure]), from: 0 } : { from: 0, to: 1 };
}
