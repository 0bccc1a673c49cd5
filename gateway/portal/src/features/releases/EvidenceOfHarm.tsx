import type { ReactNode } from 'react';

interface EvidenceProps {
  evidence: number;
  /** The evidence at which the guard halts the canary. */
  required: number;
}

/**
 * A bar of the evidence against the value at which the guard halts the canary, on a logarithmic scale. 1 is neutral.
 * The table has the figures.
 */
export function EvidenceOfHarm({ evidence, required }: EvidenceProps): ReactNode {
  const far = Math.log(required) * 2;
  const x = (value: number) => 100 + (96 * Math.max(-far, Math.min(far, Math.log(Math.max(value, 1e-12))))) / far;
  return (
    <svg viewBox="0 0 200 24" className="pl-interval" aria-hidden="true">
      <line x1={2} x2={198} y1={12} y2={12} className="pl-interval-axis" />
      <line x1={x(1)} x2={x(1)} y1={7} y2={17} className="pl-interval-axis" />
      <line x1={x(required)} x2={x(required)} y1={1} y2={23} className="pl-interval-limit" />
      <line x1={x(1)} x2={x(evidence)} y1={12} y2={12} className="pl-interval-range" />
      <circle cx={x(evidence)} cy={12} r={4} className="pl-interval-value" />
    </svg>
  );
}
