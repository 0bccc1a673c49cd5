import type { ReactNode } from 'react';
import type { Control } from 'react-hook-form';
import type { VariableValues } from './rendering';
import type { Variable } from '@/shared/data/promptVariables';
import { ChoiceField, TextAreaField, TextField } from '@/shared/form/fields';

const truths = ['true', 'false'];

interface VariableFieldProps<Parsed> {
  control: Control<VariableValues, unknown, Parsed>;
  variable: Variable;
}

/** A field for a value of the variable's type. */
export function VariableField<Parsed>({
  control,
  variable: { name, kind, choices, isRequired, help },
}: VariableFieldProps<Parsed>): ReactNode {
  const field = {
    id: `variable-${name}`,
    control,
    name: `variables.${name}` as const,
    label: name,
    isRequired,
    help,
  };
  switch (kind) {
    case 'choice':
    case 'truth':
      return (
        <ChoiceField
          {...field}
          placeholder="None"
          choices={(kind === 'truth' ? truths : choices).map((choice) => ({ value: choice, label: choice }))}
        />
      );
    case 'number':
      return <TextField {...field} type="number" />;
    default:
      return (
        <TextAreaField
          {...field}
          className={kind === 'json' ? 'pl-mono' : undefined}
          rows={2}
          autoResize
          resizeOrientation="vertical"
        />
      );
  }
}
