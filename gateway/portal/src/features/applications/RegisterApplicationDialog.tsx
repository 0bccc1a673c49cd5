import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { register, type Registration } from './applications';
import { ChoiceField, TextAreaField, TextField } from '@/shared/form/fields';
import { requiredNumber, requiredText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { words } from '@/shared/text/format';
import { FormDialog } from '@/shared/form/FormDialog';

const tasks = [
  'CLASSIFICATION',
  'EXTRACTION',
  'QUESTION_ANSWERING',
  'SUMMARIZATION',
  'GENERATION',
] as const satisfies Registration['task'][];
const criticalities = ['LOW', 'MEDIUM', 'HIGH'] as const satisfies Registration['criticality'][];

const missing = 'Name, purpose, owner and calls per month are required.';
const schema = z.object({
  name: requiredText(missing),
  purpose: requiredText(missing),
  owner: requiredText(missing),
  criticality: z.enum(criticalities),
  task: z.enum(tasks),
  monthlyVolume: requiredNumber(missing),
});
const initial: z.input<typeof schema> = {
  name: '',
  purpose: '',
  owner: '',
  criticality: 'MEDIUM',
  task: 'CLASSIFICATION',
  monthlyVolume: '',
};

/** The dialog that registers an application and then opens its page. */
export function RegisterApplicationDialog({ onClose }: { onClose: () => void }): ReactNode {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useCommandForm({
    draft: 'application.register',
    schema,
    initial,
    command: (application) => application,
    send: register,
    onSent: async (_result, { name }) => {
      await queries.invalidateQueries({ queryKey: ['applications'] });
      await navigate({ to: '/apps/$app', params: { app: name } });
    },
  });
  const { control } = form;
  return (
    <FormDialog
      title="Register an application"
      description="One use of a model: what it is for, which team owns it, and how critical it is."
      action="Register"
      form={form}
      onClose={onClose}
    >
      <TextField
        id="app-name"
        control={control}
        name="name"
        label="Name"
        isRequired
        autoFocus
        help="Lower case with hyphens; clients call it as model app/<name>"
      />
      <TextAreaField id="app-purpose" control={control} name="purpose" label="Purpose" isRequired rows={2} />
      <TextField
        id="app-owner"
        control={control}
        name="owner"
        label="Owner"
        isRequired
        help="The team responsible for it"
      />
      <ChoiceField
        id="app-criticality"
        control={control}
        name="criticality"
        label="Criticality"
        choices={criticalities.map((one) => ({ value: one, label: words(one) }))}
        help="Release policies may require more of critical applications"
      />
      <ChoiceField
        id="app-task"
        control={control}
        name="task"
        label="Task"
        choices={tasks.map((one) => ({ value: one, label: words(one) }))}
        help="The kind of answer that the application needs from a model"
      />
      <TextField
        id="app-volume"
        control={control}
        name="monthlyVolume"
        label="Calls per month"
        isRequired
        type="number"
        help="An estimate; costs and break-even are computed from it"
      />
    </FormDialog>
  );
}
