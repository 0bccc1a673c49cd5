import type { ReactNode } from 'react';
import type { AbstentionCurve } from './runs';
import { Chart, LineKey } from '@/shared/chart/Chart';
import { across, frame, line, upwards } from '@/shared/chart/frame';
import { metricName, metricValue } from '@/shared/text/metrics';

interface AbstentionChartProps {
  curve: AbstentionCurve;
  chosen: AbstentionCurve['points'][number] | undefined;
}

/** The chart of coverage, in-scope coverage, the score of the answers given, and out-of-scope recall by threshold. */
export function AbstentionChart({
  curve: { points, scorer, inScopeScorer, outOfScopeScorer },
  chosen,
}: AbstentionChartProps): ReactNode {
  const x = across(0, 1);
  const y = upwards(0, 1);
  const share = (value: number) => metricValue('share', value).replace(/0+$/, '').replace(/\.$/, '') || '0';
  const lines = [
    { name: 'Coverage', className: 'pl-line', points: points.map((one) => [one.threshold, one.coverage] as const) },
    ...(inScopeScorer == null
      ? []
      : [
          {
            name: metricName(inScopeScorer),
            className: 'pl-line pl-line-dash-dotted',
            points: points.map((one) => [one.threshold, one.inScopeCoverage] as const),
          },
        ]),
    {
      name: `${metricName(scorer)} of the answers given`,
      className: 'pl-line pl-line-dashed',
      points: points.map((one) => [one.threshold, one.score] as const),
    },
    ...(outOfScopeScorer == null
      ? []
      : [
          {
            name: metricName(outOfScopeScorer),
            className: 'pl-line pl-line-dotted',
            points: points.map((one) => [one.threshold, one.outOfScopeRecall] as const),
          },
        ]),
  ];
  return (
    <Chart
      label={`${lines.map(({ name }) => name).join(', ')} over the threshold, at ${points.length} points`}
      x={x}
      y={y}
      xName="threshold of confidence"
      xValue={share}
      yValue={share}
      legend={
        <>
          {lines.map(({ name, className }) => (
            <LineKey key={name} name={name} className={className} />
          ))}
          {chosen && (
            <LineKey name={`threshold ${metricValue('share', chosen.threshold)}`} className="pl-costs-volume" />
          )}
        </>
      }
    >
      {chosen && (
        <line
          x1={x.at(chosen.threshold)}
          x2={x.at(chosen.threshold)}
          y1={frame.top}
          y2={frame.height - frame.bottom}
          className="pl-costs-volume"
        />
      )}
      {lines.map(({ name, className, points: drawn }) => (
        <polyline key={name} points={line(drawn, x, y)} className={className} />
      ))}
    </Chart>
  );
}
