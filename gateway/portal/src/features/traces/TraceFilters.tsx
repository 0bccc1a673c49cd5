import type { ReactNode } from 'react';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { anyOf, FilterForm } from '@/shared/form/FilterForm';
import { trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { words } from '@/shared/text/format';

const schema = z.object({
  application: trimmedText(),
  variant: trimmedText(),
  model: trimmedText(),
  status: z.string(),
  caller: trimmedText(),
  user: trimmedText(),
  session: trimmedText(),
  traceId: trimmedText(),
  from: z.string(),
  to: z.string(),
});

/** The typed filter for traces. */
export type TypedFilter = Partial<z.output<typeof schema>>;

const statuses = ['OK', 'ERROR', 'REFUSED', 'ABANDONED'];

interface TraceFiltersProps {
  filter: TypedFilter;
  onFilter: (filter: TypedFilter) => void;
}

export function TraceFilters({ filter, onFilter }: TraceFiltersProps): ReactNode {
  const form = useCommandForm({
    schema,
    initial: {
      application: '',
      variant: '',
      model: '',
      status: '',
      caller: '',
      user: '',
      session: '',
      traceId: '',
      from: '',
      to: '',
      ...filter,
    },
    command: (typed) => typed as TypedFilter,
    send: (typed) => Promise.resolve(typed),
    onSent: onFilter,
  });
  const { control } = form;
  return (
    <FilterForm
      form={form}
      help={
        'Every answer names its trace in the header x-plumbline-trace. ' +
        'If days and trace are empty, the last seven days are searched. ' +
        'Users are stored as hashes: type the id of a user, or its hash. ' +
        'The address of this page contains only hashes, never a user id or session that you typed.'
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
      <TextField id="filter-variant" control={control} name="variant" label="Variant" placeholder="a digest" />
      <TextField id="filter-model" control={control} name="model" label="Model" placeholder="provider/model" />
      <ChoiceField id="filter-status" control={control} name="status" label="Status" choices={anyOf(statuses, words)} />
      <TextField id="filter-caller" control={control} name="caller" label="Caller" placeholder="an id" />
      <TextField id="filter-user" control={control} name="user" label="User" placeholder="an id or a hash" />
      <TextField id="filter-session" control={control} name="session" label="Session" placeholder="an id" />
      <TextField id="filter-trace" control={control} name="traceId" label="Trace" placeholder="x-plumbline-trace" />
      <TextField id="filter-from" control={control} name="from" label="From (UTC day)" type="date" />
      <TextField id="filter-to" control={control} name="to" label="To (UTC day)" type="date" />
    </FilterForm>
  );
}
