import { TextArea } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { register, type Registration } from './applications';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { useDraft } from '@/shared/session/draft';
import { words } from '@/shared/text/format';
import { Field, TextField } from '@/shared/ui/Field';
import { FormDialog } from '@/shared/ui/FormDialog';
import { SelectField } from '@/shared/ui/SelectField';

const tasks: Registration['task'][] = [
  'CLASSIFICATION',
  'EXTRACTION',
  'QUESTION_ANSWERING',
  'SUMMARIZATION',
  'GENERATION',
];
const criticalities: Registration['criticality'][] = ['LOW', 'MEDIUM', 'HIGH'];
const empty = {
  name: '',
  purpose: '',
  owner: '',
  criticality: 'MEDIUM' as Registration['criticality'],
  task: 'CLASSIFICATION' as Registration['task'],
  monthlyVolume: '',
};

/** Puts an LLM feature under governance, and leads to its page. */
export function RegisterApplicationDialog({ onClose }: { onClose: () => void }): ReactNode {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { value, change, forget } = useDraft('application.register', empty);
  const application: Registration = {
    ...value,
    name: value.name.trim(),
    purpose: value.purpose.trim(),
    owner: value.owner.trim(),
    monthlyVolume: Number(value.monthlyVolume),
  };
  const key = useIdempotencyKey(application);
  const registering = useMutation({
    mutationFn: () => register(application, key),
    onSuccess: async () => {
      forget();
      await queries.invalidateQueries({ queryKey: ['applications'] });
      await navigate({ to: '/apps/$app', params: { app: application.name } });
    },
  });
  const errorAt = fieldErrors(registering.error);
  const missing =
    application.name === '' || application.purpose === '' || application.owner === '' || value.monthlyVolume === '';
  return (
    <FormDialog
      title="Register an application"
      description="One use of a model: what it is for, who answers for it, and how much depends on it."
      action="Register"
      pending={registering.isPending}
      blocked={missing ? 'Name, purpose, owner and calls a month are needed.' : undefined}
      error={registering.error}
      onSubmit={() => registering.mutate()}
      onClose={onClose}
    >
      <TextField
        id="app-name"
        label="Name"
        isRequired
        autoFocus
        value={value.name}
        error={errorAt('/name')}
        help="Lower case with hyphens; clients will call it as model app/<name>"
        onChange={(name) => change({ ...value, name })}
      />
      <Field id="app-purpose" label="Purpose" isRequired error={errorAt('/purpose')}>
        <TextArea
          id="app-purpose"
          value={value.purpose}
          isRequired
          rows={2}
          onChange={(_event, purpose) => change({ ...value, purpose })}
        />
      </Field>
      <TextField
        id="app-owner"
        label="Owner"
        isRequired
        value={value.owner}
        error={errorAt('/owner')}
        help="The team that answers for it"
        onChange={(owner) => change({ ...value, owner })}
      />
      <SelectField
        id="app-criticality"
        label="Criticality"
        value={value.criticality}
        choices={criticalities.map((one) => ({ value: one, label: words(one) }))}
        error={errorAt('/criticality')}
        help="Policies of release may ask more of what is critical"
        onChange={(criticality) => change({ ...value, criticality: criticality as Registration['criticality'] })}
      />
      <SelectField
        id="app-task"
        label="Task"
        value={value.task}
        choices={tasks.map((one) => ({ value: one, label: words(one) }))}
        error={errorAt('/task')}
        help="Suites measure classification so far: texts that get one of a few labels"
        onChange={(task) => change({ ...value, task: task as Registration['task'] })}
      />
      <TextField
        id="app-volume"
        label="Calls a month"
        isRequired
        type="number"
        value={value.monthlyVolume}
        error={errorAt('/monthlyVolume')}
        help="An estimate; costs and break-even are reckoned with it"
        onChange={(monthlyVolume) => change({ ...value, monthlyVolume })}
      />
    </FormDialog>
  );
}
