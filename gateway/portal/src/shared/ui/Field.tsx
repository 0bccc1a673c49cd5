import {
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  TextInput,
  type TextInputProps,
} from '@patternfly/react-core';
import type { ReactNode } from 'react';

interface FieldProps {
  id: string;
  label: string;
  isRequired?: boolean;
  /** What is wrong with the value; said in place of the help. */
  error?: string | undefined;
  help?: ReactNode;
  children: ReactNode;
}

/** A labelled control with its help or its error, which the control names by aria-describedby `<id>-help`. */
export function Field({ id, label, isRequired, error, help, children }: FieldProps): ReactNode {
  const said = error ?? help;
  return (
    <FormGroup label={label} fieldId={id} isRequired={isRequired}>
      {children}
      {said != null && (
        <FormHelperText>
          <HelperText id={`${id}-help`}>
            <HelperTextItem variant={error === undefined ? 'default' : 'error'}>{said}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      )}
    </FormGroup>
  );
}

interface TextFieldProps
  extends
    Omit<FieldProps, 'children'>,
    Pick<TextInputProps, 'type' | 'autoFocus' | 'autoComplete' | 'placeholder' | 'inputMode'> {
  value: string;
  onChange: (value: string) => void;
}

export function TextField({
  id,
  label,
  isRequired,
  error,
  help,
  value,
  onChange,
  ...input
}: TextFieldProps): ReactNode {
  return (
    <Field id={id} label={label} isRequired={isRequired} error={error} help={help}>
      <TextInput
        id={id}
        value={value}
        isRequired={isRequired}
        validated={error === undefined ? 'default' : 'error'}
        aria-describedby={error === undefined && help == null ? undefined : `${id}-help`}
        onChange={(_event, next) => onChange(next)}
        {...input}
      />
    </Field>
  );
}
