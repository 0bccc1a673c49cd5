import type { ReactNode } from 'react';
import { burdens, dominatorOf, type Burden, type Weighed } from './pareto';
import { Chart, Key, LineKey } from '@/shared/chart/Chart';
import { across, line, upwards } from '@/shared/chart/frame';
import { metricName, metricValue } from '@/shared/text/metrics';

export interface Shown {
  metric: string;
  lowerIsBetter: boolean;
  burden: Burden;
  variants: Weighed[];
}

/** A chart with a point for each variant, numbered as in the table. A line joins the variants that none dominates. */
export function TradeoffChart({ metric, lowerIsBetter, burden, variants }: Shown): ReactNode {
  const points = variants.flatMap((variant, index) => {
    const value = variant[burden]?.value;
    return value === undefined ? [] : { variant, number: index + 1, x: value, y: variant.quality.value };
  });
  const name = metricName(burdens[burden]);
  if (points.length === 0) {
    return <p>No variant has been measured by {name.toLowerCase()}: list a price for their models.</p>;
  }
  const x = across(0, Math.max(...points.map((point) => point.x)) * 1.1 || 1);
  const y = verticalOf(points.map((point) => point.y));
  const front = points
    .filter(({ variant }) => dominatorOf(variant, variants, burden, lowerIsBetter) === undefined)
    .sort((one, other) => one.x - other.x);
  return (
    <Chart
      label={[
        `${metricName(metric)} over ${name.toLowerCase()} of ${points.length} variants`,
        `${front.length} not dominated`,
      ].join(', ')}
      x={x}
      y={y}
      xName={`${name}, lower is better`}
      xValue={(value) => (value === 0 ? '0' : metricValue(burdens[burden], value))}
      yValue={(value) => metricValue(metric, value)}
      legend={
        <>
          <span>
            {metricName(metric)}, {lowerIsBetter ? 'lower' : 'higher'} is better:
          </span>
          <LineKey name="not dominated" className="pl-line pl-line-dotted" />
          <Key name="variant, by its number in the table">
            <circle cx={14} cy={6} r={4} className="pl-interval-value" />
          </Key>
          <Key name="dominated">
            <circle cx={14} cy={6} r={4} className="pl-costs-crossing" />
          </Key>
        </>
      }
    >
      <polyline
        points={line(
          front.map((point) => [point.x, point.y] as const),
          x,
          y,
        )}
        className="pl-line pl-line-dotted"
      />
      {points.map((point) => (
        <g key={point.number}>
          <circle
            cx={x.at(point.x)}
            cy={y.at(point.y)}
            r={5}
            className={front.includes(point) ? 'pl-interval-value' : 'pl-costs-crossing'}
          />
          <text x={x.at(point.x) + 8} y={y.at(point.y) - 6}>
            {point.number}
          </text>
        </g>
      ))}
    </Chart>
  );
}

/** Returns the vertical axis with a margin around the points, within the range of a share. */
function verticalOf(values: number[]) {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const margin = (most - least) * 0.15 || 0.05;
  return upwards(Math.max(0, least - margin), most <= 1 ? Math.min(1, most + margin) : most + margin);
}
