import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { usageQuery } from '@/shared/data/usage';
import { workspaceVariantsQuery } from '@/shared/data/variants';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { anyOf, FilterForm } from '@/shared/form/FilterForm';
import { trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { shortActor } from '@/shared/people/people';
import { readers } from '@/shared/data/traces';
import { may, useSession } from '@/shared/session/session';
import { words } from '@/shared/text/format';
import { instantsOf } from '@/shared/text/time';

/** The longest duration to filter by, which is a day. */
const MAX_MILLIS = 86_400_000;

/** Returns whether a text is a number of milliseconds to filter by. */
export function isDuration(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) <= MAX_MILLIS;
}

/** The shortest and the longest text to search for. */
const MIN_TEXT = 3;
const MAX_TEXT = 200;

/** Returns whether a text can be searched for in questions and answers. */
export function isSearchable(text: string): boolean {
  return text.length >= MIN_TEXT && text.length <= MAX_TEXT;
}

const schema = z.object({
  application: trimmedText(),
  variant: trimmedText(),
  model: trimmedText(),
  origin: z.string(),
  status: z.string(),
  feedback: z.string(),
  caller: trimmedText(),
  user: trimmedText(),
  session: trimmedText(),
  traceId: trimmedText(),
  minMillis: z.string().check(
    z.trim(),
    z.refine((text) => text === '' || isDuration(text), `Whole milliseconds, at most ${MAX_MILLIS}`),
  ),
  text: z.string().check(
    z.trim(),
    z.refine((text) => text === '' || isSearchable(text), `From ${MIN_TEXT} to ${MAX_TEXT} characters`),
  ),
  from: z.string(),
  to: z.string(),
});

/** The typed filter for traces. */
export type TypedFilter = Partial<z.output<typeof schema>>;

const statuses = ['OK', 'ERROR', 'REFUSED', 'ABANDONED'];
const feedbacks = ['NONE', 'GIVEN'];
export const origins = ['PRODUCTION', 'EVALUATION', 'PLAYGROUND'];

interface TraceFiltersProps {
  filter: TypedFilter;
  onFilter: (filter: TypedFilter) => void;
}

export function TraceFilters({ filter, onFilter }: TraceFiltersProps): ReactNode {
  const variants = useQuery(workspaceVariantsQuery).data?.items ?? [];
  const session = useSession();
  const keys = useQuery(usageQuery('API_KEY', 30 * 24)).data?.rows ?? [];
  const { from, to } = instantsOf(filter);
  // The fields show minutes, but an address can name seconds.
  const shown = { from: from?.slice(0, 16) ?? '', to: to?.slice(0, 16) ?? '' };
  const form = useCommandForm({
    schema,
    initial: {
      application: '',
      variant: '',
      model: '',
      origin: '',
      status: '',
      feedback: '',
      caller: '',
      user: '',
      session: '',
      traceId: '',
      minMillis: '',
      text: '',
      ...filter,
      ...shown,
    },
    command: (typed) =>
      ({
        ...typed,
        from: typed.from === shown.from ? filter.from : typed.from,
        to: typed.to === shown.to ? filter.to : typed.to,
      }) as TypedFilter,
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
        'A text is searched for in masked questions and answers, of the last 24 hours if times and trace are empty. ' +
        'The address of this page contains only hashes, never a user id, session or text that you typed.'
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
      <TextField
        id="filter-variant"
        control={control}
        name="variant"
        label="Variant"
        placeholder="a digest"
        suggestions={variants.map(({ variantDigest, application, name }) => ({
          value: variantDigest,
          label: `${application}: ${name}`,
        }))}
      />
      <TextField id="filter-model" control={control} name="model" label="Model" placeholder="provider/model" />
      <ChoiceField id="filter-status" control={control} name="status" label="Status" choices={anyOf(statuses, words)} />
      <ChoiceField
        id="filter-feedback"
        control={control}
        name="feedback"
        label="Feedback"
        choices={anyOf(feedbacks, words)}
      />
      <TextField
        id="filter-caller"
        control={control}
        name="caller"
        label="Caller"
        placeholder="an API key, a person or a service"
        suggestions={keys.flatMap(({ apiKeyId, apiKeyName }) =>
          apiKeyId == null ? [] : [{ value: `api-key:${apiKeyId}`, label: apiKeyName ?? shortActor(apiKeyId) }],
        )}
      />
      <TextField id="filter-user" control={control} name="user" label="User" placeholder="an id or a hash" />
      <TextField id="filter-session" control={control} name="session" label="Session" placeholder="an id" />
      <TextField id="filter-trace" control={control} name="traceId" label="Trace" placeholder="x-plumbline-trace" />
      <TextField id="filter-duration" control={control} name="minMillis" label="Duration from (ms)" type="number" />
      {may(session, ...readers) && (
        <TextField
          id="filter-text"
          control={control}
          name="text"
          label="Question or answer"
          placeholder="contains this text"
        />
      )}
      <TextField id="filter-from" control={control} name="from" label="From (UTC)" type="datetime-local" />
      <TextField id="filter-to" control={control} name="to" label="To (UTC)" type="datetime-local" />
    </FilterForm>
  );
}
