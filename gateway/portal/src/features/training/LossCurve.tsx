import type { ReactNode } from 'react';
import type { Epoch } from './jobs';
import { count } from '@/shared/text/format';

const width = 640;
const height = 240;
const pad = { left: 48, right: 90, top: 12, bottom: 28 };

/** The chart of training and validation loss by epoch. The table beside it has the same figures. */
export function LossCurve({ points }: { points: Epoch[] }): ReactNode {
  const losses = points.flatMap(({ trainLoss, validationLoss }) => [trainLoss, validationLoss]);
  const most = Math.max(...losses, 0.001);
  const last = Math.max(...points.map(({ epoch }) => epoch), 1);
  const first = Math.min(...points.map(({ epoch }) => epoch), last);
  const x = (epoch: number) =>
    pad.left + ((width - pad.left - pad.right) * (epoch - first)) / Math.max(last - first, 1);
  const y = (loss: number) => height - pad.bottom - ((height - pad.top - pad.bottom) * loss) / most;
  const line = (pick: (point: Epoch) => number) =>
    points.map((point) => `${x(point.epoch).toFixed(1)},${y(pick(point)).toFixed(1)}`);
  const end = points.at(-1);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      className="pl-curve"
      role="img"
      aria-label={`Loss by epoch, ${count(points.length)} epochs so far`}
    >
      {[0, 0.5, 1].map((part) => (
        <g key={part}>
          <line
            x1={pad.left}
            x2={width - pad.right}
            y1={y(most * part)}
            y2={y(most * part)}
            className="pl-curve-grid"
          />
          <text x={pad.left - 6} y={y(most * part) + 4} textAnchor="end">
            {(most * part).toFixed(2)}
          </text>
        </g>
      ))}
      <text x={pad.left} y={height - 8}>
        epoch {first}
      </text>
      <text x={width - pad.right} y={height - 8} textAnchor="end">
        {last}
      </text>
      <polyline points={line(({ trainLoss }) => trainLoss).join(' ')} className="pl-curve-train" />
      <polyline points={line(({ validationLoss }) => validationLoss).join(' ')} className="pl-curve-validation" />
      {end && (
        <text x={width - pad.right + 6} y={y(end.trainLoss) + (isLower(end) ? 12 : -2)}>
          training
        </text>
      )}
      {end && (
        <text x={width - pad.right + 6} y={y(end.validationLoss) + (isLower(end) ? -2 : 12)}>
          validation
        </text>
      )}
    </svg>
  );
}

/** Returns whether the training loss ends below the validation loss, so that the two names do not overlap. */
function isLower({ trainLoss, validationLoss }: Epoch): boolean {
  return trainLoss < validationLoss;
}
