import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { stateTuned } from '@/shared/models/tuningStatements';
import { TextAreaField, TextField } from '@/shared/form/fields';
import { FormDialog } from '@/shared/form/FormDialog';
import { trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';

const schema = z.object({
  model: trimmedText().check(z.regex(/^[^/\s]+\/\S+$/, 'Use the name of calls: provider/model.')),
  reason: trimmedText().check(z.minLength(10, 'Say in at least ten characters how it was tuned.')),
});

interface TunedModelDialogProps {
  /** The full name of the model; empty if the person enters it. */
  model: string;
  onClose: () => void;
}

/** States that a provider's model was tuned. */
export function TunedModelDialog({ model, onClose }: TunedModelDialogProps): ReactNode {
  const queries = useQueryClient();
  const form = useCommandForm({
    draft: `tuning-statement.${model}`,
    schema,
    initial: { model, reason: '' },
    command: (statement) => statement,
    send: stateTuned,
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['tuning-statements'] });
      onClose();
    },
  });
  return (
    <FormDialog
      title="State that a model was tuned"
      description={
        'A variant with a model that its provider tuned counts as fine-tuning. The statement counts once another ' +
        'person has confirmed it, and cannot be taken back then.'
      }
      action="State"
      form={form}
      onClose={onClose}
    >
      <TextField
        id="tuned-model"
        control={form.control}
        name="model"
        label="Model"
        isRequired
        help="The name by which calls and variants address the model: provider/model."
      />
      <TextAreaField
        id="tuned-reason"
        control={form.control}
        name="reason"
        label="How it was tuned"
        isRequired
        rows={3}
        help="The base model and the data, as far as you know. Recorded in the ledger with your name."
      />
    </FormDialog>
  );
}
