import type { Risk } from '@/shared/risks/risks';

export type Rating = Risk['residual']['rating'];

/** The level of a risk: inherent is before the mitigation, residual is after it. */
export type Level = 'inherent' | 'residual';

export interface Cell {
  likelihood: number;
  impact: number;
}

export const steps = [1, 2, 3, 4, 5];

const likelihoods: Record<number, string> = { 1: 'rare', 5: 'almost certain' };
const impacts: Record<number, string> = { 1: 'negligible', 5: 'severe' };

/** Returns the name of an end of a scale. The steps between have only a number. */
export function endOf(scale: 'likelihood' | 'impact', step: number): string | undefined {
  return (scale === 'likelihood' ? likelihoods : impacts)[step];
}

/**
 * Returns the rating of a score by the same rule as the register. It serves cells without risks and levels that are not
 * saved yet.
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

/** Returns the cell that the address names, or undefined outside the matrix. */
export function cellOf(likelihood: string | undefined, impact: string | undefined): Cell | undefined {
  const cell = { likelihood: Number(likelihood), impact: Number(impact) };
  return steps.includes(cell.likelihood) && steps.includes(cell.impact) ? cell : undefined;
}
