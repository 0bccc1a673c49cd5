import type { ReactNode } from 'react';
import type { CostModel } from './costs';
import { Key } from '@/shared/chart/Chart';
import { words } from '@/shared/text/format';

const width = 640;
const height = 260;
const pad = { left: 56, right: 16, top: 12, bottom: 40 };
/** The smallest volume drawn: a logarithmic axis has no zero. */
const from = 1_000;
const steps = 60;

/**
 * Monthly cost over volume, both on logarithmic axes, because the curves cross at volumes too small to see on linear
 * ones. The tables have the figures.
 */
export function CostCurves({
  model: { totals, breakEven, monthlyVolume, maxVolume },
}: {
  model: CostModel;
}): ReactNode {
  const to = Math.max(maxVolume, from * 10);
  const curves = totals.map(({ approach, fixed, perRequest }) => ({
    approach,
    at: (volume: number) => Math.max(Number(fixed.amount) + Number(perRequest.amount) * volume, 1),
  }));
  const costs = curves.flatMap(({ at }) => [at(from), at(to)]);
  const least = floor(Math.min(...costs));
  const most = ceiling(Math.max(...costs, least * 10));
  const x = (volume: number) =>
    pad.left + ((width - pad.left - pad.right) * Math.log(volume / from)) / Math.log(to / from);
  const y = (cost: number) =>
    height - pad.bottom - ((height - pad.top - pad.bottom) * Math.log(cost / least)) / Math.log(most / least);
  const volumes = Array.from({ length: steps + 1 }, (_, step) => from * (to / from) ** (step / steps));
  const crossings = breakEven.filter(({ monthlyVolume: volume }) => volume != null && volume >= from && volume <= to);
  const volumeShown = monthlyVolume >= from && monthlyVolume <= to;
  const found = crossings.length === 0 ? 'no crossover' : `${crossings.length} crossovers`;
  return (
    <figure className="pl-costs">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        className="pl-curve"
        role="img"
        aria-label={`Monthly cost over calls per month: ${found} in range`}
      >
        {decades(least, most).map((cost) => (
          <g key={cost}>
            <line x1={pad.left} x2={width - pad.right} y1={y(cost)} y2={y(cost)} className="pl-curve-grid" />
            <text x={pad.left - 6} y={y(cost) + 4} textAnchor="end">
              ${brief(cost)}
            </text>
          </g>
        ))}
        {decades(from, to).map((volume) => (
          <text key={volume} x={x(volume)} y={height - pad.bottom + 16} textAnchor="middle">
            {brief(volume)}
          </text>
        ))}
        <text x={(pad.left + width - pad.right) / 2} y={height - 6} textAnchor="middle">
          calls per month
        </text>
        {volumeShown && (
          <line
            x1={x(monthlyVolume)}
            x2={x(monthlyVolume)}
            y1={pad.top}
            y2={height - pad.bottom}
            className="pl-costs-volume"
          />
        )}
        {curves.map(({ approach, at }) => (
          <polyline
            key={approach}
            points={volumes.map((volume) => `${x(volume).toFixed(1)},${y(at(volume)).toFixed(1)}`).join(' ')}
            className={`pl-cost pl-cost-${approach}`}
          />
        ))}
        {crossings.map(({ below, above, monthlyVolume: volume }) => (
          <circle
            key={`${below} ${above}`}
            cx={x(volume ?? from)}
            cy={y(curves.find(({ approach }) => approach === below)?.at(volume ?? from) ?? least)}
            r={4}
            className="pl-costs-crossing"
          />
        ))}
      </svg>
      <figcaption className="pl-subtle pl-legend">
        <span>Monthly cost over calls per month, both logarithmic:</span>
        {curves.map(({ approach }) => (
          <Key key={approach} name={words(approach)}>
            <line x1={0} x2={28} y1={6} y2={6} className={`pl-cost pl-cost-${approach}`} />
          </Key>
        ))}
        {volumeShown && (
          <Key name="chosen volume">
            <line x1={0} x2={28} y1={6} y2={6} className="pl-costs-volume" />
          </Key>
        )}
        {crossings.length > 0 && (
          <Key name="break-even">
            <circle cx={14} cy={6} r={4} className="pl-costs-crossing" />
          </Key>
        )}
      </figcaption>
    </figure>
  );
}

function floor(value: number): number {
  return 10 ** Math.floor(Math.log10(value));
}

function ceiling(value: number): number {
  return 10 ** Math.ceil(Math.log10(value));
}

/** Returns the powers of ten from low to high. */
function decades(low: number, high: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
}

const short = new Intl.NumberFormat('en', { notation: 'compact' });

/** Returns a short form such as 1K or 10M. */
function brief(value: number): string {
  return short.format(value);
}
