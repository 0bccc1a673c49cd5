import { Button, Flex, Form, FormGroup, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import type { AuditFilter } from './ledger';
import { words } from '@/shared/text/format';

const fields: { key: keyof AuditFilter; label: string; placeholder: string }[] = [
  { key: 'object', label: 'Object', placeholder: 'mail-triage' },
  { key: 'type', label: 'Event type', placeholder: 'prompt.version-published' },
  { key: 'actor', label: 'Actor', placeholder: 'an id' },
];

/** What entries say of how they ended; RECORDED when a thing simply happened. */
const outcomes = ['RECORDED', 'DENIED', 'APPROVED', 'REJECTED', 'PASS', 'FAIL', 'INCONCLUSIVE'];

interface AuditFiltersProps {
  filter: AuditFilter;
  onFilter: (filter: AuditFilter) => void;
}

/** All filters, applied together: one entry in the browser's history for one question. */
export function AuditFilters({ filter, onFilter }: AuditFiltersProps): ReactNode {
  const [typed, type] = useState(filter);
  const set = (key: keyof AuditFilter, value: string) => type({ ...typed, [key]: value });
  return (
    <Form
      className="pl-filters"
      onSubmit={(event) => {
        event.preventDefault();
        onFilter(trimmed(typed));
      }}
    >
      <Flex alignItems={{ default: 'alignItemsFlexEnd' }} gap={{ default: 'gapMd' }}>
        {fields.map(({ key, label, placeholder }) => (
          <FormGroup key={key} label={label} fieldId={`filter-${key}`}>
            <TextInput
              id={`filter-${key}`}
              value={typed[key] ?? ''}
              placeholder={placeholder}
              onChange={(_event, value) => set(key, value)}
            />
          </FormGroup>
        ))}
        <FormGroup label="Outcome" fieldId="filter-outcome">
          <FormSelect
            id="filter-outcome"
            value={typed.outcome ?? ''}
            onChange={(_event, value) => set('outcome', value)}
          >
            <FormSelectOption value="" label="Any" />
            {outcomes.map((outcome) => (
              <FormSelectOption key={outcome} value={outcome} label={words(outcome)} />
            ))}
          </FormSelect>
        </FormGroup>
        <FormGroup label="From (UTC day)" fieldId="filter-from">
          <TextInput
            id="filter-from"
            type="date"
            value={typed.from ?? ''}
            onChange={(_event, value) => set('from', value)}
          />
        </FormGroup>
        <FormGroup label="To (UTC day)" fieldId="filter-to">
          <TextInput id="filter-to" type="date" value={typed.to ?? ''} onChange={(_event, value) => set('to', value)} />
        </FormGroup>
        <Button type="submit" variant="secondary">
          Search
        </Button>
        <Button variant="link" onClick={() => onFilter({})}>
          Clear
        </Button>
      </Flex>
      <p className="pl-subtle">
        Object and actor are compared as they were recorded, by name or id; a * at the end of an object finds all that
        begin so. An open entry leads to all that was told of its object and all that its actor did.
      </p>
    </Form>
  );
}

function trimmed(filter: AuditFilter): AuditFilter {
  return Object.fromEntries(Object.entries(filter).map(([key, value]) => [key, value?.trim()])) as AuditFilter;
}
