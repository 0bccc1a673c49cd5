import type { ReactNode } from 'react';
import { frame, type Axis } from '@/shared/chart/frame';

interface ChartProps {
  /** The description for screen readers. The table beside the chart has its figures. */
  label: string;
  x: Axis;
  y: Axis;
  xName: string;
  xValue: (value: number) => string;
  yValue: (value: number) => string;
  /** The legend of the lines and marks. */
  legend: ReactNode;
  children: ReactNode;
}

/** A chart with two axes. */
export function Chart({ label, x, y, xName, xValue, yValue, legend, children }: ChartProps): ReactNode {
  const { width, height, left, right, bottom } = frame;
  return (
    <figure className="pl-costs">
      <svg viewBox={`0 0 ${width} ${height}`} className="pl-curve" role="img" aria-label={label}>
        {y.ticks.map((value) => (
          <g key={value}>
            <line x1={left} x2={width - right} y1={y.at(value)} y2={y.at(value)} className="pl-curve-grid" />
            <text x={left - 6} y={y.at(value) + 4} textAnchor="end">
              {yValue(value)}
            </text>
          </g>
        ))}
        {x.ticks.map((value) => (
          <text key={value} x={x.at(value)} y={height - bottom + 16} textAnchor="middle">
            {xValue(value)}
          </text>
        ))}
        <text x={(left + width - right) / 2} y={height - 6} textAnchor="middle">
          {xName}
        </text>
        {children}
      </svg>
      <figcaption className="pl-subtle pl-legend">{legend}</figcaption>
    </figure>
  );
}

/** An entry of a legend: a mark and its meaning. */
export function Key({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <span className="pl-inline">
      <svg viewBox="0 0 28 12" width={28} height={12} aria-hidden="true">
        {children}
      </svg>
      {name}
    </span>
  );
}

/** An entry of a legend for a line. */
export function LineKey({ name, className }: { name: string; className: string }): ReactNode {
  return (
    <Key name={name}>
      <line x1={0} x2={28} y1={6} y2={6} className={className} />
    </Key>
  );
}
