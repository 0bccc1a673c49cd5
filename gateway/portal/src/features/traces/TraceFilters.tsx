import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { usageQuery } from '@/shared/data/usage';
import { workspaceVariantsQuery } from '@/shared/data/variants';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { anyOf, FilterForm } from '@/shared/form/FilterForm';
import { trimmedText, z } from '@/shared/form/schema';
import type { Choice } from '@/shared/form/SelectField';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { shortActor } from '@/shared/people/people';
import { short, words } from '@/shared/text/format';
import { instantsOf } from '@/shared/text/time';

const schema = z.object({
  application: trimmedText(),
  variant: z.string(),
  model: trimmedText(),
  origin: z.string(),
  status: z.string(),
  caller: z.string(),
  user: trimmedText(),
  session: trimmedText(),
  traceId: trimmedText(),
  minMillis: trimmedText(),
  from: z.string(),
  to: z.string(),
});

/** The typed filter for traces. */
export type TypedFilter = Partial<z.output<typeof schema>>;

const statuses = ['OK', 'ERROR', 'REFUSED', 'ABANDONED'];
const origins = ['PRODUCTION', 'EVALUATION', 'PLAYGROUND'];

interface TraceFiltersProps {
  filter: TypedFilter;
  onFilter: (filter: TypedFilter) => void;
}

export function TraceFilters({ filter, onFilter }: TraceFiltersProps): ReactNode {
  const variants = useQuery(workspaceVariantsQuery).data?.items ?? [];
  const keys = useQuery(usageQuery('API_KEY', 30 * 24)).data?.rows ?? [];
  const { from, to } = instantsOf(filter);
  const form = useCommandForm({
    schema,
    initial: {
      application: '',
      variant: '',
      model: '',
      origin: '',
      status: '',
      caller: '',
      user: '',
      session: '',
      traceId: '',
      minMillis: '',
      ...filter,
      from: from?.slice(0, 16) ?? '',
      to: to?.slice(0, 16) ?? '',
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
        'If times and trace are empty, the last seven days are searched. ' +
        'Production calls an application or comes with an API key. ' +
        'Users are stored as hashes: type the id of a user, or its hash. ' +
        'The address of this page contains only hashes, never a user id or session that you typed.'
      }
      onClear={() => onFilter({})}
    >
      <ChoiceField id="filter-origin" control={control} name="origin" label="Origin" choices={anyOf(origins, words)} />
      <TextField
        id="filter-application"
        control={control}
        name="application"
        label="Application"
        placeholder="mail-triage"
      />
      <ChoiceField
        id="filter-variant"
        control={control}
        name="variant"
        label="Variant"
        choices={withChosen(
          variants.map(({ variantDigest, application, name }) => ({
            value: variantDigest,
            label: `${application}: ${name}`,
          })),
          filter.variant,
          short,
        )}
      />
      <TextField id="filter-model" control={control} name="model" label="Model" placeholder="provider/model" />
      <ChoiceField id="filter-status" control={control} name="status" label="Status" choices={anyOf(statuses, words)} />
      <ChoiceField
        id="filter-caller"
        control={control}
        name="caller"
        label="API key"
        choices={withChosen(
          keys.flatMap(({ apiKeyId, apiKeyName }) =>
            apiKeyId == null ? [] : [{ value: `api-key:${apiKeyId}`, label: apiKeyName ?? shortActor(apiKeyId) }],
          ),
          filter.caller,
          shortActor,
        )}
      />
      <TextField id="filter-user" control={control} name="user" label="User" placeholder="an id or a hash" />
      <TextField id="filter-session" control={control} name="session" label="Session" placeholder="an id" />
      <TextField id="filter-trace" control={control} name="traceId" label="Trace" placeholder="x-plumbline-trace" />
      <TextField id="filter-duration" control={control} name="minMillis" label="Duration from (ms)" type="number" />
      <TextField id="filter-from" control={control} name="from" label="From (UTC)" type="datetime-local" />
      <TextField id="filter-to" control={control} name="to" label="To (UTC)" type="datetime-local" />
    </FilterForm>
  );
}

/** Returns choices of a filter with its present value, which may not be among those that are listed. */
function withChosen(choices: Choice[], chosen: string | undefined, name: (value: string) => string): Choice[] {
  const missing = chosen !== undefined && !choices.some(({ value }) => value === chosen);
  return [...anyOf([]), ...choices, ...(missing ? [{ value: chosen, label: name(chosen) }] : [])];
}
