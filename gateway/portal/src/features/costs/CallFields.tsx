import { ExpandableSection } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import { tokenFields, type CostDraft } from './costDraft';
import { TextField } from '@/shared/ui/Field';

interface CallFieldsProps {
  value: CostDraft['tokens'];
  errorAt: (pointer: string) => string | undefined;
  onChange: (value: CostDraft['tokens']) => void;
}

/** What a call is made of and what it costs; opens by itself where something is wrong. */
export function CallFields({ value, errorAt, onChange }: CallFieldsProps): ReactNode {
  const [expanded, expand] = useState(false);
  return (
    <ExpandableSection
      toggleText="What a call is made of"
      isExpanded={expanded || errorAt('/tokens') !== undefined}
      onToggle={(_event, next) => expand(next)}
    >
      <div className="pl-grid pl-thirds">
        {tokenFields.map(({ name, label, help }) => (
          <TextField
            key={name}
            id={`cost-${name}`}
            label={label}
            type="number"
            value={value[name]}
            error={errorAt(`/tokens/${name}`)}
            help={help}
            onChange={(typed) => onChange({ ...value, [name]: typed })}
          />
        ))}
      </div>
    </ExpandableSection>
  );
}
