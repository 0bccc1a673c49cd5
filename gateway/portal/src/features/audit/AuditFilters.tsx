import { Button, Flex, Form } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { AuditFilter } from './ledger';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { words } from '@/shared/text/format';

const schema = z.object({
  object: trimmedText(),
  type: trimmedText(),
  actor: trimmedText(),
  outcome: z.string(),
  from: z.string(),
  to: z.string(),
});

/** The outcomes that entries have; RECORDED where nothing was decided. */
const outcomes = ['RECORDED', 'DENIED', 'APPROVED', 'REJECTED', 'PASS', 'FAIL', 'INCONCLUSIVE'];

interface AuditFiltersProps {
  filter: AuditFilter;
  onFilter: (filter: AuditFilter) => void;
}

/** All filters, applied together: one entry in the browser's history per search. */
export function AuditFilters({ filter, onFilter }: AuditFiltersProps): ReactNode {
  const form = useCommandForm({
    schema,
    initial: { object: '', type: '', actor: '', outcome: '', from: '', to: '', ...filter },
    command: (typed) => typed as AuditFilter,
    send: (typed) => Promise.resolve(typed),
    onSent: onFilter,
  });
  const { control } = form;
  return (
    <Form
      className="pl-filters"
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <Flex alignItems={{ default: 'alignItemsFlexEnd' }} gap={{ default: 'gapMd' }}>
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
          choices={[
            { value: '', label: 'Any' },
            ...outcomes.map((outcome) => ({ value: outcome, label: words(outcome) })),
          ]}
        />
        <TextField id="filter-from" control={control} name="from" label="From (UTC day)" type="date" />
        <TextField id="filter-to" control={control} name="to" label="To (UTC day)" type="date" />
        <Button type="submit" variant="secondary">
          Search
        </Button>
        <Button variant="link" onClick={() => onFilter({})}>
          Clear
        </Button>
      </Flex>
      <p className="pl-subtle">
        Object and actor match exactly what was recorded, a name or an id; a * at the end of an object matches every
        object with that prefix. An open entry links to the history of its object and of its actor.
      </p>
    </Form>
  );
}
