import { Alert, CardBody } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { Run } from './runs';
import { count } from '@/shared/text/format';
import { metricName } from '@/shared/text/metrics';
import { money } from '@/shared/text/money';
import { Detail, Details } from '@/shared/ui/Details';

/** The usage and cost of judges and encoders, apart from the variant's cost, and the metrics that were not measured. */
export function RunJudging({ run: { judging, cost, unmeasured } }: { run: Run }): ReactNode {
  const left = Object.entries(unmeasured);
  if (left.length === 0 && !judging) return null;
  return (
    <CardBody>
      {left.map(([metric, why]) => (
        <Alert key={metric} isInline isPlain variant="warning" component="h3" title={`${metricName(metric)}: ${why}`} />
      ))}
      {judging && (
        <Details>
          <Detail term="Scoring calls">{count(judging.replies)}</Detail>
          <Detail term="Scoring tokens">
            {count(judging.promptTokens)} in, {count(judging.completionTokens)} out
          </Detail>
          <Detail term="Scoring cost">
            {judging.cost ? money(judging.cost) : 'unknown: list a price for their model'}, not part of the variant’s
            cost
          </Detail>
          <Detail term="Cost of the run">{cost ? money(cost) : 'unknown: list a price for each of its models'}</Detail>
        </Details>
      )}
    </CardBody>
  );
}
