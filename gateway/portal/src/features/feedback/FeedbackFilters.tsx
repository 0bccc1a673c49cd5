import type { ReactNode } from 'react';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { anyOf, FilterForm } from '@/shared/form/FilterForm';
import { trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';

const schema = z.object({
  application: trimmedText(),
  releaseId: trimmedText(),
  variant: trimmedText(),
  metric: trimmedText(),
  correct: z.string(),
  withCorrection: z.string(),
  from: z.string(),
  to: z.string(),
});

/** The filter as it is in the query string, with each value as text. */
export type TypedFilter = Partial<z.output<typeof schema>>;

const none = {
  application: '',
  releaseId: '',
  variant: '',
  metric: '',
  correct: '',
  withCorrection: '',
  from: '',
  to: '',
};

const judged: Record<string, string> = { true: 'Correct', false: 'Incorrect' };
const corrected: Record<string, string> = { true: 'With one', false: 'Without' };

interface FeedbackFiltersProps {
  filter: TypedFilter;
  onFilter: (filter: TypedFilter) => void;
}

export function FeedbackFilters({ filter, onFilter }: FeedbackFiltersProps): ReactNode {
  const form = useCommandForm({
    schema,
    initial: { ...none, ...filter },
    command: (typed) => typed as TypedFilter,
    send: (typed) => Promise.resolve(typed),
    onSent: onFilter,
  });
  const { control } = form;
  return (
    <FilterForm
      form={form}
      help={
        'From and To are the days on which the feedback was given. If both are empty, the last 30 days are ' +
        'searched.'
      }
      onClear={() => onFilter({})}
    >
      <TextField
        id="filter-application"
        control={control}
        name="application"
        label="Application"
        placeholder="mail-triage"
      />
      <TextField id="filter-release" control={control} name="releaseId" label="Release" placeholder="an id" />
      <TextField id="filter-variant" control={control} name="variant" label="Variant" placeholder="a digest" />
      <TextField id="filter-metric" control={control} name="metric" label="Metric" placeholder="correctness" />
      <ChoiceField
        id="filter-correct"
        control={control}
        name="correct"
        label="Judged"
        choices={anyOf(Object.keys(judged), (value) => judged[value] ?? value)}
      />
      <ChoiceField
        id="filter-correction"
        control={control}
        name="withCorrection"
        label="Correction"
        choices={anyOf(Object.keys(corrected), (value) => corrected[value] ?? value)}
      />
      <TextField id="filter-from" control={control} name="from" label="From (UTC day)" type="date" />
      <TextField id="filter-to" control={control} name="to" label="To (UTC day)" type="date" />
    </FilterForm>
  );
}
