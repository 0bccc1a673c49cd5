import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { CallFields } from './CallFields';
import { costSchema, newCosts, questionOf } from './costDraft';
import { computeCosts } from './costs';
import { Overrides } from './Overrides';
import { applicationQuery } from '@/shared/data/applications';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { count } from '@/shared/text/format';
import { FormDialog } from '@/shared/form/FormDialog';

interface CostDialogProps {
  application: string;
  onDone: () => void;
  onClose: () => void;
}

/** The dialog that computes a cost model. Every field has a default. */
export function CostDialog({ application, onDone, onClose }: CostDialogProps): ReactNode {
  const queries = useQueryClient();
  const registered = useQuery(applicationQuery(application)).data?.monthlyVolume;
  const form = useCommandForm({
    draft: `costs.${application}`,
    schema: costSchema,
    initial: newCosts,
    command: (parsed) => questionOf(application, parsed),
    send: computeCosts,
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['application', application, 'costs'] });
      onDone();
    },
  });
  const { control } = form;
  return (
    <FormDialog
      title="Compute costs"
      description={
        'Compares the approaches side by side. Empty fields are filled from measured traffic or from defaults; the ' +
        'result names the source of each figure.'
      }
      action="Compute"
      variant="large"
      form={form}
      onClose={onClose}
    >
      <div className="pl-grid">
        <TextField
          id="cost-volume"
          control={control}
          name="monthlyVolume"
          label="Calls per month"
          type="number"
          help={['Empty: measured traffic, or else the registered estimate', registered && `of ${count(registered)}`]
            .filter(Boolean)
            .join(' ')}
        />
        <TextField
          id="cost-range"
          control={control}
          name="maxVolume"
          label="Upper limit for break-even, calls per month"
          type="number"
          help="Empty: 100,000,000"
        />
        <ChoiceField
          id="cost-profile"
          control={control}
          name="profile"
          label="Profile"
          placeholder="By volume"
          choices={[
            { value: 'SMALL', label: 'Small: 10,000 to 50,000 calls' },
            { value: 'ENTERPRISE', label: 'Enterprise: 100,000 to 500,000' },
          ]}
          help="Selects the default figures"
        />
      </div>
      <CallFields control={control} />
      <Overrides control={control} />
    </FormDialog>
  );
}
