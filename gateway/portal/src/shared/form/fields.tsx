import {
  Checkbox,
  FormGroup,
  FormSelect,
  FormSelectOption,
  Radio,
  TextArea,
  TextInput,
  type TextAreaProps,
  type TextInputProps,
} from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useController, type FieldPath, type FieldValues, type UseControllerProps } from 'react-hook-form';
import { Field } from '@/shared/form/Field';
import { SelectField, type Choice } from '@/shared/form/SelectField';

interface Labelled {
  id: string;
  label: string;
  isRequired?: boolean;
  help?: ReactNode;
  /** An error apart from the field's own value, such as choices that could not be loaded. */
  error?: string | undefined;
  /** The value shown while nothing is typed or chosen, that is null in a text, and null or empty in a choice. */
  fallback?: string | undefined;
}

type Bound<V extends FieldValues, N extends FieldPath<V>, P> = Pick<UseControllerProps<V, N, P>, 'control' | 'name'>;

/** Returns the shared parts of text fields of one or more lines: the label around them, the value and the error. */
function useText<V extends FieldValues, N extends FieldPath<V>, P>({
  control,
  name,
  id,
  label,
  isRequired,
  help,
  error,
  fallback = '',
}: Labelled & Bound<V, N, P>) {
  const {
    field: { ref, value, onChange, onBlur },
    fieldState,
  } = useController({ control, name });
  const wrong = fieldState.error?.message ?? error;
  return {
    ref,
    around: { id, label, isRequired, error: wrong, help },
    input: {
      id,
      isRequired,
      value: (value as string | null) ?? fallback,
      validated: wrong === undefined ? ('default' as const) : ('error' as const),
      'aria-describedby': wrong === undefined && help == null ? undefined : `${id}-help`,
      onChange: (_event: unknown, next: string) => onChange(next),
      onBlur,
    },
  };
}

type TextFieldProps<V extends FieldValues, N extends FieldPath<V>, P> = Labelled &
  Bound<V, N, P> &
  Pick<TextInputProps, 'type' | 'autoFocus' | 'autoComplete' | 'placeholder' | 'inputMode'> & {
    /** Values to choose from; others can be typed. */
    suggestions?: Choice[];
  };

export function TextField<V extends FieldValues, N extends FieldPath<V>, P>({
  type,
  autoFocus,
  autoComplete,
  placeholder,
  inputMode,
  suggestions,
  ...field
}: TextFieldProps<V, N, P>): ReactNode {
  const { ref, around, input } = useText(field);
  const list = suggestions && `${field.id}-suggestions`;
  return (
    <Field {...around}>
      <TextInput ref={ref} {...input} {...{ type, autoFocus, autoComplete, placeholder, inputMode, list }} />
      {suggestions && (
        <datalist id={list}>
          {suggestions.map(({ value, label }) => (
            <option key={value} value={value} label={label} />
          ))}
        </datalist>
      )}
    </Field>
  );
}

type TextAreaFieldProps<V extends FieldValues, N extends FieldPath<V>, P> = Labelled &
  Bound<V, N, P> &
  Pick<TextAreaProps, 'rows' | 'autoFocus' | 'autoResize' | 'resizeOrientation' | 'spellCheck' | 'className'>;

export function TextAreaField<V extends FieldValues, N extends FieldPath<V>, P>({
  rows,
  autoFocus,
  autoResize,
  resizeOrientation,
  spellCheck,
  className,
  ...field
}: TextAreaFieldProps<V, N, P>): ReactNode {
  const { ref, around, input } = useText(field);
  return (
    <Field {...around}>
      <TextArea
        // PatternFly uses its own ref to measure a text area that resizes itself.
        {...(!autoResize && { ref })}
        {...input}
        {...{ rows, autoFocus, autoResize, resizeOrientation, spellCheck, className }}
      />
    </Field>
  );
}

type ChoiceFieldProps<V extends FieldValues, N extends FieldPath<V>, P> = Labelled &
  Bound<V, N, P> & {
    choices: Choice[];
    placeholder?: string | undefined;
    onChosen?: (value: string) => void;
  };

export function ChoiceField<V extends FieldValues, N extends FieldPath<V>, P>({
  control,
  name,
  error,
  fallback = '',
  onChosen,
  ...select
}: ChoiceFieldProps<V, N, P>): ReactNode {
  const {
    field: { value, onChange },
    fieldState,
  } = useController({ control, name });
  return (
    <SelectField
      {...select}
      value={(value as string | null) || fallback}
      error={fieldState.error?.message ?? error}
      onChange={(next) => {
        onChange(next);
        onChosen?.(next);
      }}
    />
  );
}

type CheckboxFieldProps<V extends FieldValues, N extends FieldPath<V>, P> = Bound<V, N, P> & {
  id: string;
  label: string;
  isDisabled?: boolean;
};

export function CheckboxField<V extends FieldValues, N extends FieldPath<V>, P>({
  control,
  name,
  isDisabled = false,
  ...checkbox
}: CheckboxFieldProps<V, N, P>): ReactNode {
  const { field } = useController({ control, name });
  return (
    <Checkbox
      {...checkbox}
      isDisabled={isDisabled}
      isChecked={(field.value as boolean) && !isDisabled}
      onChange={(_event, checked) => field.onChange(checked)}
    />
  );
}

type ChecklistProps<V extends FieldValues, N extends FieldPath<V>, P> = Bound<V, N, P> & {
  id: string;
  label: string;
  choices: Pick<Choice, 'value' | 'label'>[];
  /** The checked values, if they differ from the field's own. */
  chosen?: string[];
};

/** A field to check any of several choices. */
export function Checklist<V extends FieldValues, N extends FieldPath<V>, P>({
  control,
  name,
  id,
  label,
  choices,
  chosen,
}: ChecklistProps<V, N, P>): ReactNode {
  const {
    field: { value, onChange },
    fieldState,
  } = useController({ control, name });
  const checked = chosen ?? (value as string[]);
  return (
    <FormGroup role="group" isStack label={label} fieldId={id}>
      {choices.map((choice) => (
        <Checkbox
          key={choice.value}
          id={`${id}-${choice.value}`}
          label={choice.label}
          isChecked={checked.includes(choice.value)}
          onChange={(_event, isChecked) =>
            onChange(isChecked ? [...checked, choice.value] : checked.filter((one) => one !== choice.value))
          }
        />
      ))}
      {fieldState.error && <div className="pl-fault">{fieldState.error.message}</div>}
    </FormGroup>
  );
}

type RadioFieldProps<V extends FieldValues, N extends FieldPath<V>, P> = Bound<V, N, P> & {
  id: string;
  label: string;
  choices: { value: string; label: ReactNode }[];
};

/** A field to select one of a few choices, each with its meaning. */
export function RadioField<V extends FieldValues, N extends FieldPath<V>, P>({
  control,
  name,
  id,
  label,
  choices,
}: RadioFieldProps<V, N, P>): ReactNode {
  const { field } = useController({ control, name });
  return (
    <FormGroup role="radiogroup" isStack label={label} fieldId={id} isRequired>
      {choices.map((choice) => (
        <Radio
          key={choice.value}
          id={`${id}-${choice.value}`}
          name={id}
          label={choice.label}
          isChecked={field.value === choice.value}
          onChange={() => field.onChange(choice.value)}
        />
      ))}
    </FormGroup>
  );
}

type CellFieldProps<V extends FieldValues, N extends FieldPath<V>, P> = Bound<V, N, P> & {
  id: string;
  label: string;
  type: 'text' | 'number';
};

/** A field in a table cell. The column and row headings replace a label. */
export function CellField<V extends FieldValues, N extends FieldPath<V>, P>({
  control,
  name,
  id,
  label,
  type,
}: CellFieldProps<V, N, P>): ReactNode {
  const {
    field: { ref, value, onChange, onBlur },
    fieldState,
  } = useController({ control, name });
  const wrong = fieldState.error?.message;
  return (
    <>
      <TextInput
        id={id}
        ref={ref}
        type={type}
        className={type === 'number' ? 'pl-short' : undefined}
        aria-label={label}
        aria-describedby={wrong === undefined ? undefined : `${id}-fault`}
        value={value as string}
        validated={wrong === undefined ? 'default' : 'error'}
        onChange={(_event, next) => onChange(next)}
        onBlur={onBlur}
      />
      {wrong !== undefined && (
        <div id={`${id}-fault`} className="pl-fault">
          {wrong}
        </div>
      )}
    </>
  );
}

type CellChoiceProps<V extends FieldValues, N extends FieldPath<V>, P> = Bound<V, N, P> & {
  id: string;
  label: string;
  choices: Choice[];
};

/** A field in a table cell to select one of a few choices. */
export function CellChoice<V extends FieldValues, N extends FieldPath<V>, P>({
  control,
  name,
  id,
  label,
  choices,
}: CellChoiceProps<V, N, P>): ReactNode {
  const { field } = useController({ control, name });
  return (
    <FormSelect
      id={id}
      className="pl-choice"
      aria-label={label}
      value={field.value as string}
      onChange={(_event, next) => field.onChange(next)}
    >
      {choices.map((choice) => (
        <FormSelectOption key={choice.value} {...choice} />
      ))}
    </FormSelect>
  );
}
