import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { changePolicy, type TracePolicy } from './traces';
import { FormDialog } from '@/shared/form/FormDialog';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { requiredNumber, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';

const schema = z.object({
  contents: z.enum(['NONE', 'MASKED', 'FULL']),
  retentionDays: requiredNumber('Enter a number of days from 1 to 365.'),
});

export function PolicyDialog({ policy, onClose }: { policy: TracePolicy; onClose: () => void }): ReactNode {
  const queries = useQueryClient();
  const form = useCommandForm({
    schema,
    initial: { contents: policy.contents, retentionDays: String(policy.retentionDays) },
    command: (parsed): TracePolicy => parsed,
    send: changePolicy,
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['traces', 'policy'] });
      onClose();
    },
  });
  const { control } = form;
  return (
    <FormDialog
      title="Change what is kept"
      description={
        'Applies to the contents of requests and answers in this workspace. The change is recorded in the ' + 'ledger.'
      }
      action="Save"
      variant="medium"
      form={form}
      onClose={onClose}
    >
      <ChoiceField
        id="policy-contents"
        control={control}
        name="contents"
        label="Contents of later requests"
        isRequired
        choices={[
          { value: 'NONE', label: 'None' },
          { value: 'MASKED', label: 'Masked: without recognised personal data and secrets' },
          { value: 'FULL', label: 'Full: unchanged' },
        ]}
      />
      <TextField
        id="policy-retention"
        control={control}
        name="retentionDays"
        label="Days for which contents are kept"
        isRequired
        inputMode="numeric"
        help="From 1 to 365. Older contents are deleted within an hour, including those of earlier requests."
      />
    </FormDialog>
  );
}
