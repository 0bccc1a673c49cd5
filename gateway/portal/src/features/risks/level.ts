import type { Risk } from './risks';

export type Rating = Risk['residual']['rating'];

/** Before the mitigation, and after it. */
export type Level = 'inherent' | 'residual';

export interface Cell {
  likelihood: number;
  impact: number;
}

export const steps = [1, 2, 3, 4, 5];

const likelihoods: Record<number, string> = { 1: 'rare', 5: 'almost certain' };
const impacts: Record<number, string> = { 1: 'negligible', 5: 'severe' };

/** The names of the ends of a scale; steps between have only their number. */
export function endOf(scale: 'likelihood' | 'impact', step: number): string | undefined {
  return (scale === 'likelihood' ? likelihoods : impacts)[step];
}

/**
 * As the register reads a score; needed here for cells that hold no risk and for levels that are only being considered.
 */
export function ratingOf({ likelihood, impact }: Cell): Rating {
  const score = likelihood * impact;
  if (score <= 4) return 'LOW';
  if (score <= 9) return 'MEDIUM';
  return score <= 14 ? 'HIGH' : 'CRITICAL';
}

export function isAt(risk: Risk, level: Level, { likelihood, impact }: Cell): boolean {
  return risk[level].likelihood === likelihood && risk[level].impact === impact;
}

/** A cell as the address names it; undefined for what lies outside the matrix. */
export function cellOf(likelihood: string | undefined, impact: string | undefined): Cell | undefined {
  const cell = { likelihood: Number(likelihood), impact: Number(impact) };
  return steps.includes(cell.likelihood) && steps.includes(cell.impact) ? cell : undefined;
}
