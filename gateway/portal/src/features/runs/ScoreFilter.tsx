import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { scoresQuery, type ScoreBelow } from './runs';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { FilterForm } from '@/shared/form/FilterForm';
import { z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { metricName } from '@/shared/text/metrics';

const schema = z.object({ scorer: z.string(), below: z.string() });

interface ScoreFilterProps {
  runId: string;
  score: ScoreBelow | undefined;
  onScore: (score: ScoreBelow | undefined) => void;
}

/** The filter for answers with a low score. Empty if no scorer scores single answers. */
export function ScoreFilter({ runId, score, onScore }: ScoreFilterProps): ReactNode {
  const scorers = useQuery(scoresQuery(runId)).data?.distributions.map(({ scorer }) => scorer) ?? [];
  const [first] = scorers;
  const form = useCommandForm({
    schema,
    initial: { scorer: score?.scorer ?? '', below: score === undefined ? '1' : String(score.below) },
    command: ({ scorer, below }): ScoreBelow => ({ scorer: scorer || (first ?? ''), below: Number(below) }),
    send: (typed) => Promise.resolve(typed),
    onSent: onScore,
  });
  if (first === undefined) return null;
  return (
    <FilterForm
      form={form}
      help="Shows answers that this scorer gave a lower score. An item without an answer counts as 0."
      onClear={() => onScore(undefined)}
    >
      <ChoiceField
        id="filter-scorer"
        control={form.control}
        name="scorer"
        label="Score of"
        fallback={first}
        choices={scorers.map((scorer) => ({ value: scorer, label: metricName(scorer) }))}
      />
      <TextField id="filter-below" control={form.control} name="below" label="Below" type="number" />
    </FilterForm>
  );
}
