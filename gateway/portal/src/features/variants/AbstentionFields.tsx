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
  const [expanded, expand] = useState(abstention.threshold !== '' || abstention.answer !== '');
  return (
    <ExpandableSection toggleText="Abstention" isExpanded={expanded} onToggle={(_event, next) => expand(next)}>
      <div className="pl-stack">
        <p className="pl-subtle">
          Where the model is less sure than the threshold, the variant gives one fixed answer instead, which is flagged
          as an abstention. It needs models that say how sure they are: those of this installation and tuned ones do,
          those of providers do not.
        </p>
        <TextField
          id="variant-threshold"
          control={control}
          name="abstention.threshold"
          label="Threshold"
          type="number"
          help="The least confidence, from 0 to 1; with 0 it abstains only where the model gives the answer itself."
        />
        <TextAreaField
          id="variant-abstention"
          control={control}
          name="abstention.answer"
          label="Answer where it abstains"
          rows={2}
          help="At most 2,000 characters, as the prompt’s response format has it. Empty: the model always answers."
        />
      </div>
    </ExpandableSection>
  );
}
