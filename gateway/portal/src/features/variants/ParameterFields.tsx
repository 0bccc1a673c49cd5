import { ExpandableSection } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import type { Control } from 'react-hook-form';
import { parameterFields, type VariantValues } from './parameters';
import { TextField } from '@/shared/form/fields';

export function ParameterFields<Parsed>({ control }: { control: Control<VariantValues, unknown, Parsed> }): ReactNode {
  const [expanded, expand] = useState(false);
  return (
    <ExpandableSection toggleText="Parameters" isExpanded={expanded} onToggle={(_event, next) => expand(next)}>
      <p className="pl-subtle">An empty field uses the prompt&rsquo;s parameter, or else the model&rsquo;s default.</p>
      <div className="pl-grid">
        {parameterFields.map(({ name, label, help }) => (
          <TextField
            key={name}
            id={`parameter-${name}`}
            control={control}
            name={`parameters.${name}`}
            label={label}
            type="number"
            help={help}
          />
        ))}
      </div>
    </ExpandableSection>
  );
}
