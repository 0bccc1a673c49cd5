import { ExpandableSection } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import type { Control } from 'react-hook-form';
import { parameterFields, type VariantValues } from './parameters';
import { TextField } from '@/shared/form/fields';

interface ParameterFieldsProps<Parsed> {
  control: Control<VariantValues, unknown, Parsed>;
  /** Whether the variant has an index; the number of retrieved rows applies only then. */
  retrieval: boolean;
}

export function ParameterFields<Parsed>({ control, retrieval }: ParameterFieldsProps<Parsed>): ReactNode {
  const [expanded, expand] = useState(false);
  const field = ({ name, label, help }: (typeof parameterFields)[number]) => (
    <TextField
      key={name}
      id={`parameter-${name}`}
      control={control}
      name={`parameters.${name}`}
      label={label}
      type="number"
      help={help}
    />
  );
  return (
    <>
      {retrieval && parameterFields.filter(({ name }) => name === 'retrievedExamples').map(field)}
      <ExpandableSection toggleText="Parameters" isExpanded={expanded} onToggle={(_event, next) => expand(next)}>
        <p className="pl-subtle">
          An empty field means the prompt&rsquo;s parameter, and where it has none the model&rsquo;s own default.
        </p>
        <div className="pl-grid">{parameterFields.filter(({ name }) => name !== 'retrievedExamples').map(field)}</div>
      </ExpandableSection>
    </>
  );
}
