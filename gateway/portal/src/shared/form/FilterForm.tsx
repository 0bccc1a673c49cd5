import { Button, Flex, Form } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { Choice } from '@/shared/form/SelectField';

/** Returns the choices of a filter: any value, or one of these. */
export function anyOf(values: string[], name = (value: string) => value): Choice[] {
  return [{ value: '', label: 'Any' }, ...values.map((value) => ({ value, label: name(value) }))];
}

interface FilterFormProps {
  form: { submit: () => void };
  /** An explanation of the fields, in a sentence or two. */
  help: string;
  onClear: () => void;
  children: ReactNode;
}

/** The form of a list's filters, applied together. Each search makes one entry in the browser's history. */
export function FilterForm({ form, help, onClear, children }: FilterFormProps): ReactNode {
  return (
    <Form
      className="pl-filters"
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <Flex alignItems={{ default: 'alignItemsFlexEnd' }} gap={{ default: 'gapMd' }}>
        {children}
        <Button type="submit" variant="secondary">
          Search
        </Button>
        <Button variant="link" onClick={onClear}>
          Clear
        </Button>
      </Flex>
      <p className="pl-subtle">{help}</p>
    </Form>
  );
}
