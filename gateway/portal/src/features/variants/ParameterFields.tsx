import { ExpandableSection } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import { parameterFields, type ParameterText } from './parameters';
import { TextField } from '@/shared/ui/Field';

interface ParameterFieldsProps {
  value: ParameterText;
  /** Whether rows are retrieved: only then their number counts. */
  retrieval: boolean;
  errorAt: (pointer: string) => string | undefined;
  onChange: (value: ParameterText) => void;
}

export function ParameterFields({ value, retrieval, errorAt, onChange }: ParameterFieldsProps): ReactNode {
  const [expanded, expand] = useState(false);
  const field = ({ name, label, help }: (typeof parameterFields)[number]) => (
    <TextField
      key={name}
      id={`parameter-${name}`}
      label={label}
      type="number"
      value={value[name] ?? (name === 'retrievedExamples' ? '8' : '')}
      error={errorAt(`/parameters/${name}`)}
      help={help}
      onChange={(typed) => onChange({ ...value, [name]: typed })}
    />
  );
  return (
    <>
      {retrieval && parameterFields.filter(({ name }) => name === 'retrievedExamples').map(field)}
      <ExpandableSection toggleText="Parameters" isExpanded={expanded} onToggle={(_event, next) => expand(next)}>
        <p className="pl-subtle">What is left empty is the model&rsquo;s own default.</p>
        <div className="pl-grid">{parameterFields.filter(({ name }) => name !== 'retrievedExamples').map(field)}</div>
      </ExpandableSection>
    </>
  );
}
