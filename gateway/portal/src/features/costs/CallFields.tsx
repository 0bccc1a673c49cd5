import { ExpandableSection } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import { useFormState, type Control } from 'react-hook-form';
import { tokenFields, type CostDraft } from './costDraft';
import { TextField } from '@/shared/form/fields';

/** The tokens and prices of a call. The section opens by itself when a field has an error. */
export function CallFields<Parsed>({ control }: { control: Control<CostDraft, unknown, Parsed> }): ReactNode {
  const [expanded, expand] = useState(false);
  const { errors } = useFormState({ control, name: 'tokens' });
  return (
    <ExpandableSection
      toggleText="Tokens and prices of a call"
      isExpanded={expanded || errors.tokens !== undefined}
      onToggle={(_event, next) => expand(next)}
    >
      <div className="pl-grid pl-thirds">
        {tokenFields.map(({ name, label, help }) => (
          <TextField
            key={name}
            id={`cost-${name}`}
            control={control}
            name={`tokens.${name}`}
            label={label}
            type="number"
            help={help}
          />
        ))}
      </div>
    </ExpandableSection>
  );
}
