import type { ReactNode } from 'react';
import type { RunItem } from './runs';
import { metricName, metricValue } from '@/shared/text/metrics';

/** What each scorer gives an answer, with its reason. */
export function ItemScores({ scores }: { scores: RunItem['scores'] }): ReactNode {
  return (
    <ul className="pl-plain">
      {Object.entries(scores).map(([scorer, { score, reason }]) => (
        <li key={scorer}>
          {metricName(scorer)} {metricValue(scorer, score)} <span className="pl-subtle">{reason}</span>
        </li>
      ))}
    </ul>
  );
}
