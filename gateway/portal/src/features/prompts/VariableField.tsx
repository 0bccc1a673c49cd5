import { TextArea } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { Variable } from './rendering';
import { Field, TextField } from '@/shared/ui/Field';
import { SelectField } from '@/shared/ui/SelectField';

interface VariableFieldProps {
  variable: Variable;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

const truths = ['true', 'false'];

/** A field that takes what the variable's type does. */
export function VariableField({
  variable: { name, kind, choices, isRequired, help },
  value,
  error,
  onChange,
}: VariableFieldProps): ReactNode {
  const id = `variable-${name}`;
  const field = { id, label: name, isRequired, error, help };
  const input = { value, onChange };
  switch (kind) {
    case 'choice':
      return (
        <SelectField
          {...field}
          {...input}
          placeholder="None"
          choices={choices.map((choice) => ({ value: choice, label: choice }))}
        />
      );
    case 'truth':
      return (
        <SelectField
          {...field}
          {...input}
          placeholder="None"
          choices={truths.map((truth) => ({ value: truth, label: truth }))}
        />
      );
    case 'number':
      return <TextField {...field} {...input} type="number" />;
    default:
      return (
        <Field {...field}>
          <TextArea
            id={id}
            className={kind === 'json' ? 'pl-mono' : undefined}
            value={value}
            rows={2}
            autoResize
            resizeOrientation="vertical"
            isRequired={isRequired}
            validated={error === undefined ? 'default' : 'error'}
            aria-describedby={`${id}-help`}
            onChange={(_event, next) => onChange(next)}
          />
        </Field>
      );
  }
}
