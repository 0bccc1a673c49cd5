import { FormGroup, FormHelperText, HelperText, HelperTextItem } from '@patternfly/react-core';
import type { ReactNode } from 'react';

interface FieldProps {
  id: string;
  label: string;
  isRequired?: boolean;
  /** The error of the value, shown instead of the help. */
  error?: string | undefined;
  help?: ReactNode;
  children: ReactNode;
}

/** A labelled control with its help or its error, which the control names by aria-describedby `<id>-help`. */
export function Field({ id, label, isRequired, error, help, children }: FieldProps): ReactNode {
  return (
    <FormGroup label={label} fieldId={id} isRequired={isRequired}>
      {children}
      <FieldHelp id={`${id}-help`} error={error}>
        {help}
      </FieldHelp>
    </FormGroup>
  );
}

interface FieldHelpProps {
  id: string;
  error: string | undefined;
  children: ReactNode;
}

/** The text below a control: its error, or else its help. */
export function FieldHelp({ id, error, children }: FieldHelpProps): ReactNode {
  const text = error ?? children;
  return (
    text != null && (
      <FormHelperText>
        <HelperText id={id}>
          <HelperTextItem variant={error === undefined ? 'default' : 'error'}>{text}</HelperTextItem>
        </HelperText>
      </FormHelperText>
    )
  );
}
