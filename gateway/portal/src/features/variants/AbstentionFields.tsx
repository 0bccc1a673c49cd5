import { ExpandableSection } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import type { Control } from 'react-hook-form';
import type { VariantValues } from './parameters';
import { TextAreaField, TextField } from '@/shared/form/fields';

interface AbstentionFieldsProps<Parsed> {
  control: Control<VariantValues, unknown, Parsed>;
  /** The abstention when the form opens. A draft may contain one. */
  abstention: VariantValues['abstention'];
}

/** The fields for the answer of a variant that abstains. */
export function AbstentionFields<Parsed>({ control, abstention }: AbstentionFieldsProps<Parsed>): ReactNode {
  const [expanded, expand] = useState(Object.values(abstention).some((text) => text !== ''));
  return (
    <ExpandableSection toggleText="Abstention" isExpanded={expanded} onToggle={(_event, next) => expand(next)}>
      <div className="pl-stack">
        <p className="pl-subtle">
          If the model’s confidence is below the threshold, the variant gives a fixed answer instead, which is flagged
          as an abstention. A threshold needs models that report confidence: those of this installation and tuned ones
          do. A provider’s model abstains by giving the fixed answer itself, or by a field of its answer.
        </p>
        <TextField
          id="variant-threshold"
          control={control}
          name="abstention.threshold"
          label="Threshold"
          type="number"
          help={
            'The lowest confidence at which the variant answers, from 0 to 1. Empty or 0: it abstains only ' +
            'if the model does.'
          }
        />
        <TextAreaField
          id="variant-abstention"
          control={control}
          name="abstention.answer"
          label="Answer when abstaining"
          rows={2}
          help="At most 2,000 characters, in the prompt’s response format. Empty: the model always answers."
        />
        <TextField
          id="variant-abstention-field"
          control={control}
          name="abstention.field"
          label="Or a field of its JSON answer"
          help="A field of the prompt’s response format, such as answerable."
        />
        <TextField
          id="variant-abstention-value"
          control={control}
          name="abstention.value"
          label="Value of the field when abstaining"
          help="As text, such as false."
        />
      </div>
    </ExpandableSection>
  );
}
