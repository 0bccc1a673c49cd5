import { TextArea } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isGoverned, type Column } from './board';
import { variablesQuery } from './playground';
import { variablesOf, type Variable } from '@/shared/data/promptVariables';
import { Field } from '@/shared/form/Field';
import { SelectField } from '@/shared/form/SelectField';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

interface VariableFieldsProps {
  id: string;
  column: Column;
  onChange: (variables: Column['variables']) => void;
}

/** A field for each variable of the column's prompt. */
export function VariableFields({ id, column, onChange }: VariableFieldsProps): ReactNode {
  const query = useQuery({ ...variablesQuery(column), placeholderData: (before) => before });
  const governed = isGoverned(column.model);
  if (query.isError) {
    return <ProblemPanel error={query.error} headingLevel="h3" onRetry={() => void query.refetch()} />;
  }
  const variables = variablesOf(query.data ?? {});
  if (variables.length === 0) return null;
  return (
    <>
      {governed && (
        <p className="pl-subtle">
          The user message fills the variable of the question, so you can leave it empty here.
        </p>
      )}
      {variables.map((variable) => (
        <VariableField
          key={variable.name}
          id={`${id}-${variable.name}`}
          variable={{ ...variable, isRequired: variable.isRequired && !governed }}
          value={column.variables[variable.name] ?? ''}
          onChange={(next) => onChange({ ...column.variables, [variable.name]: next })}
        />
      ))}
    </>
  );
}

interface VariableFieldProps {
  id: string;
  variable: Variable;
  value: string;
  onChange: (value: string) => void;
}

function VariableField({
  id,
  variable: { name, kind, choices, isRequired, help },
  value,
  onChange,
}: VariableFieldProps): ReactNode {
  if (kind === 'choice' || kind === 'truth') {
    const offered = kind === 'truth' ? ['true', 'false'] : choices;
    return (
      <SelectField
        {...{ id, value, onChange, help, isRequired }}
        label={name}
        placeholder="None"
        choices={offered.map((choice) => ({ value: choice, label: choice }))}
      />
    );
  }
  return (
    <Field {...{ id, isRequired, help }} label={name}>
      <TextArea
        id={id}
        value={value}
        rows={2}
        autoResize
        resizeOrientation="vertical"
        className={kind === 'json' ? 'pl-mono' : undefined}
        aria-describedby={`${id}-help`}
        onChange={(_event, next) => onChange(next)}
      />
    </Field>
  );
}
