import type { ReactNode } from 'react';

interface EvidenceProps {
  evidence: number;
  /** Where the guard speaks. */
  needed: number;
}

/** How far the evidence is from where the guard speaks, by orders of magnitude; 1 is neither for nor against. The figures stand beside it. */
export function EvidenceOfHarm({ evidence, needed }: EvidenceProps): ReactNode {
  const far = Math.log(needed) * 2;
  const x = (value: number) => 100 + (96 * Math.max(-far, Math.min(far, Math.log(Math.max(value, 1e-12))))) / far;
  return (
    <svg viewBox="0 0 200 24" className="pl-interval" aria-hidden="true">
      <line x1={2} x2={198} y1={12} y2={12} className="pl-interval-axis" />
      <line x1={x(1)} x2={x(1)} y1={7} y2={17} className="pl-interval-axis" />
      <line x1={x(needed)} x2={x(needed)} y1={1} y2={23} className="pl-interval-limit" />
      <line x1={x(1)} x2={x(evidence)} y1={12} y2={12} className="pl-interval-range" />
      <circle cx={x(evidence)} cy={12} r={4} className="pl-interval-value" />
    </svg>
  );
}
