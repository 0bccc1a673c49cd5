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
      description="Of what is asked and answered in this workspace. The change becomes an entry of the ledger."
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
          { value: 'MASKED', label: 'Masked: without personal data and secrets that are recognised' },
          { value: 'FULL', label: 'Full: as they were' },
        ]}
      />
      <TextField
        id="policy-retention"
        control={control}
        name="retentionDays"
        label="Days for which contents are kept"
        isRequired
        inputMode="numeric"
        help="From 1 to 365. What is older is deleted within an hour, contents of earlier requests too."
      />
    </FormDialog>
  );
}
