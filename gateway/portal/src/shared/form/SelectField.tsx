import { FormSelect, FormSelectOption } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { Field } from '@/shared/form/Field';

export interface Choice {
  value: string;
  label: string;
  isDisabled?: boolean;
}

interface SelectFieldProps {
  id: string;
  label: string;
  value: string;
  choices: Choice[];
  onChange: (value: string) => void;
  /** The text shown before anything is chosen. Without it, the first choice is shown. */
  placeholder?: string;
  help?: ReactNode;
  error?: string | undefined;
  isRequired?: boolean;
}

/** A field to select one of a few choices. */
export function SelectField({
  id,
  label,
  value,
  choices,
  onChange,
  placeholder,
  help,
  error,
  isRequired,
}: SelectFieldProps): ReactNode {
  return (
    <Field id={id} label={label} isRequired={isRequired} error={error} help={help}>
      <FormSelect
        id={id}
        value={value}
        isRequired={isRequired}
        validated={error === undefined ? 'default' : 'error'}
        aria-describedby={error === undefined && help == null ? undefined : `${id}-help`}
        onChange={(_event, next) => onChange(next)}
      >
        {placeholder !== undefined && <FormSelectOption value="" label={placeholder} isPlaceholder />}
        {choices.map((choice) => (
          <FormSelectOption key={choice.value} {...choice} />
        ))}
      </FormSelect>
    </Field>
  );
}
