import type { ReactNode } from 'react';
import { metricValue, type Measure } from '@/shared/text/metrics';

export interface Scale {
  from: number;
  to: number;
}

/** Returns one axis for all measures and the limit, with a margin, so that rows can be compared by eye. */
export function scaleOf(measures: Measure[], limit?: number): Scale {
  const points = measures.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  if (limit !== undefined) points.push(limit);
  const least = Math.min(...points);
  const most = Math.max(...points);
  const margin = (most - least || Math.abs(most) || 1) * 0.08;
  return { from: least - margin, to: most + margin };
}

interface IntervalProps {
  metric: string;
  measure: Measure;
  scale: Scale;
  limit?: number;
}

/** A drawing of a measured value with its interval and the limit. The table beside it has the figures. */
export function Interval({ metric, measure: { value, low, high }, scale, limit }: IntervalProps): ReactNode {
  const x = (point: number) => 2 + (196 * (point - scale.from)) / (scale.to - scale.from);
  const description = [
    metricValue(metric, value),
    low != null && high != null
      ? `interval ${metricValue(metric, low)} to ${metricValue(metric, high)}`
      : 'no interval',
    limit === undefined ? undefined : `limit ${metricValue(metric, limit)}`,
  ];
  return (
    <svg viewBox="0 0 200 24" className="pl-interval" role="img" aria-label={description.filter(Boolean).join(', ')}>
      <line x1={2} x2={198} y1={12} y2={12} className="pl-interval-axis" />
      {limit !== undefined && <line x1={x(limit)} x2={x(limit)} y1={1} y2={23} className="pl-interval-limit" />}
      {low != null && high != null && (
        <>
          <line x1={x(low)} x2={x(high)} y1={12} y2={12} className="pl-interval-range" />
          <line x1={x(low)} x2={x(low)} y1={7} y2={17} className="pl-interval-range" />
          <line x1={x(high)} x2={x(high)} y1={7} y2={17} className="pl-interval-range" />
        </>
      )}
      <circle cx={x(value)} cy={12} r={4} className="pl-interval-value" />
    </svg>
  );
}
