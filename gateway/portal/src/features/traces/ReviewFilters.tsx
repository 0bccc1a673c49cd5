import type { ReactNode } from 'react';
import { origins } from './TraceFilters';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { FilterForm } from '@/shared/form/FilterForm';
import { trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { words } from '@/shared/text/format';

const schema = z.object({ application: trimmedText(), origin: z.string() });

interface ReviewFilter {
  application?: string | undefined;
  origin?: string | undefined;
}

interface ReviewFiltersProps {
  filter: ReviewFilter;
  onFilter: (filter: ReviewFilter) => void;
}

/** The filters of the review queue: the application, and who called. */
export function ReviewFilters({ filter: { application = '', origin = '' }, onFilter }: ReviewFiltersProps): ReactNode {
  const form = useCommandForm({
    schema,
    initial: { application, origin },
    command: (typed) => typed,
    send: (typed) => Promise.resolve(typed),
    onSent: (typed) => onFilter({ ...typed, application: typed.application || undefined }),
  });
  const { control } = form;
  return (
    <FilterForm
      form={form}
      help="The answers of the last seven days, unless the list of traces that you came from had another period."
      onClear={() => onFilter({ application: undefined, origin: undefined })}
    >
      <TextField
        id="review-application"
        control={control}
        name="application"
        label="Application"
        placeholder="mail-triage"
      />
      <ChoiceField
        id="review-origin"
        control={control}
        name="origin"
        label="Origin"
        choices={origins.map((value) => ({ value, label: words(value) }))}
      />
    </FilterForm>
  );
}
