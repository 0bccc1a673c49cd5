import { ExpandableSection } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import type { Control } from 'react-hook-form';
import type { VariantValues } from './parameters';
import { TextAreaField, TextField } from '@/shared/form/fields';

interface AbstentionFieldsProps<Parsed> {
  control: Control<VariantValues, unknown, Parsed>;
  /** As the form has it when it opens; a draft may have one. */
  abstention: VariantValues['abstention'];
}

/** What the variant answers where its model is not sure enough. */
export function AbstentionFields<Parsed>({ control, abstention }: AbstentionFieldsProps<Parsed>): ReactNode {
  const [expanded, expand] = useState(Object.values(abstention).some((text) => text !== ''));
  return (
    <ExpandableSection toggleText="Abstention" isExpanded={expanded} onToggle={(_event, next) => expand(next)}>
      <div className="pl-stack">
        <p className="pl-subtle">
          Where the model is less sure than the threshold, the variant gives one fixed answer instead, which is flagged
          as an abstention. A threshold needs models that say how sure they are: those of this installation and tuned
          ones do. A provider’s model abstains where it gives the fixed answer itself, or a field of its answer says so.
        </p>
        <TextField
          id="variant-threshold"
          control={control}
          name="abstention.threshold"
          label="Threshold"
          type="number"
          help="The lowest confidence to answer with, from 0 to 1. Empty or 0: it abstains only where the model does."
        />
        <TextAreaField
          id="variant-abstention"
          control={control}
          name="abstention.answer"
          label="Answer where it abstains"
          rows={2}
          help="At most 2,000 characters, as the prompt’s response format has it. Empty: the model always answers."
        />
        <TextField
          id="variant-abstention-field"
          control={control}
          name="abstention.field"
          label="Or a field of its JSON answer"
          help="One of the prompt’s response format, such as answerable."
        />
        <TextField
          id="variant-abstention-value"
          control={control}
          name="abstention.value"
          label="Value of the field where it abstains"
          help="As text, such as false."
        />
      </div>
    </ExpandableSection>
  );
}
