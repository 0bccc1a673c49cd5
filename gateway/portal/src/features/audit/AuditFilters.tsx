import type { ReactNode } from 'react';
import type { AuditFilter } from './ledger';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { anyOf, FilterForm } from '@/shared/form/FilterForm';
import { trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { words } from '@/shared/text/format';

const schema = z.object({
  application: trimmedText(),
  person: trimmedText(),
  object: trimmedText(),
  type: trimmedText(),
  actor: trimmedText(),
  outcome: z.string(),
  from: z.string(),
  to: z.string(),
});

/** The outcomes of entries. RECORDED means that nothing was decided. */
const outcomes = ['RECORDED', 'DENIED', 'APPROVED', 'REJECTED', 'PASS', 'FAIL', 'INCONCLUSIVE'];

interface AuditFiltersProps {
  filter: AuditFilter;
  onFilter: (filter: AuditFilter) => void;
}

export function AuditFilters({ filter, onFilter }: AuditFiltersProps): ReactNode {
  const form = useCommandForm({
    schema,
    initial: { application: '', person: '', object: '', type: '', actor: '', outcome: '', from: '', to: '', ...filter },
    command: (typed) => typed as AuditFilter,
    send: (typed) => Promise.resolve(typed),
    onSent: onFilter,
  });
  const { control } = form;
  return (
    <FilterForm
      form={form}
      help={
        'Application finds every entry about it: its runs, verdicts, waivers, releases and their ' +
        'approvals. Person searches by name. Object and Actor match the recorded name or id exactly. A * ' +
        'at the end of an object matches a prefix.'
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
      <TextField id="filter-person" control={control} name="person" label="Person" placeholder="a name" />
      <TextField id="filter-object" control={control} name="object" label="Object" placeholder="mail-triage" />
      <TextField
        id="filter-type"
        control={control}
        name="type"
        label="Event type"
        placeholder="prompt.version-published"
      />
      <TextField id="filter-actor" control={control} name="actor" label="Actor" placeholder="an id" />
      <ChoiceField
        id="filter-outcome"
        control={control}
        name="outcome"
        label="Outcome"
        choices={anyOf(outcomes, words)}
      />
      <TextField id="filter-from" control={control} name="from" label="From (UTC day)" type="date" />
      <TextField id="filter-to" control={control} name="to" label="To (UTC day)" type="date" />
    </FilterForm>
  );
}
