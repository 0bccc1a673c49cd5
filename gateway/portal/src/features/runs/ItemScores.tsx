import type { ReactNode } from 'react';
import type { RunItem } from './runs';
import { metricName, metricValue } from '@/shared/text/metrics';

/** Scores of an answer with their reasons, and the scorers that do not apply to the item. */
export function ItemScores({ scores, notApplicable }: Pick<RunItem, 'scores' | 'notApplicable'>): ReactNode {
  return (
    <ul className="pl-plain">
      {Object.entries(scores).map(([scorer, { score, reason }]) => (
        <li key={scorer}>
          {metricName(scorer)} {metricValue(scorer, score)} <span className="pl-subtle">{reason}</span>
        </li>
      ))}
      {notApplicable.length > 0 && (
        <li className="pl-subtle">Does not apply: {notApplicable.map(plainly).join(', ')}</li>
      )}
    </ul>
  );
}

function plainly(scorer: string): string {
  return scorer.replaceAll('_', ' ');
}
