import { ExpandableSection, TextArea, TextInput } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import { parametersOf, type Column } from './board';
import { Field } from '@/shared/form/Field';

interface ParameterFieldsProps {
  id: string;
  letter: string;
  column: Column;
  onChange: (changed: Partial<Column>) => void;
}

/** The parameters of a column's call. An empty field uses the value of the prompt, variant or model. */
export function ParameterFields({ id, letter, column, onChange }: ParameterFieldsProps): ReactNode {
  const { temperature, maxTokens, fields } = column;
  const [expanded, expand] = useState([temperature, maxTokens, fields].some((text) => text !== ''));
  return (
    <ExpandableSection
      toggleText={`Parameters of ${letter}`}
      isExpanded={expanded}
      onToggle={(_event, next) => expand(next)}
    >
      <div className="pl-stack">
        <Field id={`${id}-temperature`} label="Temperature" help="0 to 2; empty: the model’s default">
          <TextInput
            id={`${id}-temperature`}
            type="number"
            value={temperature}
            aria-describedby={`${id}-temperature-help`}
            onChange={(_event, next) => onChange({ temperature: next })}
          />
        </Field>
        <Field id={`${id}-max-tokens`} label="Maximum completion tokens">
          <TextInput
            id={`${id}-max-tokens`}
            type="number"
            value={maxTokens}
            onChange={(_event, next) => onChange({ maxTokens: next })}
          />
        </Field>
        <Field
          id={`${id}-fields`}
          label="Further fields, as JSON"
          error={flawOf(column)}
          help="Named as in the OpenAI API: seed, top_p, response_format"
        >
          <TextArea
            id={`${id}-fields`}
            className="pl-mono"
            rows={3}
            resizeOrientation="vertical"
            spellCheck={false}
            value={fields}
            validated={flawOf(column) === undefined ? 'default' : 'error'}
            aria-describedby={`${id}-fields-help`}
            onChange={(_event, next) => onChange({ fields: next })}
          />
        </Field>
      </div>
    </ExpandableSection>
  );
}

function flawOf(column: Column): string | undefined {
  try {
    parametersOf(column);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
