import type { ReactNode } from 'react';
import type { RunItem } from './runs';
import { metricName, metricValue } from '@/shared/text/metrics';
import { money } from '@/shared/text/money';
import { Detail, Details } from '@/shared/ui/Details';

/** The scores, reasons and costs of the judges. A reason may quote the item, so it is shown with the output. */
export function ItemJudges({ item: { judged, scores } }: { item: RunItem }): ReactNode {
  const judges = Object.entries(judged);
  if (judges.length === 0) return null;
  return (
    <Details>
      {judges.map(([judge, { failure, detail, costUsd }]) => (
        <Detail key={judge} term={`Judge ${metricName(judge).toLowerCase()}`}>
          {scores[judge]
            ? `${metricValue(judge, scores[judge].score)}: ${scores[judge].reason}`
            : `No score: ${failure}`}
          {detail != null && <div className="pl-subtle">{detail}</div>}
          {costUsd != null && (
            <div className="pl-subtle">Cost of the judge {money({ amount: String(costUsd), currency: 'USD' })}</div>
          )}
        </Detail>
      ))}
    </Details>
  );
}
