import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { applicationNamesQuery, createApiKey, type NewApiKey } from './apiKeys';
import { CreatedKey } from './CreatedKey';
import { CheckboxField, Checklist, ChoiceField, RadioField, TextAreaField, TextField } from '@/shared/form/fields';
import { FormDialog } from '@/shared/form/FormDialog';
import { listOf, parsed, requiredText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';

const schema = parsed(
  z.object({
    name: requiredText('Enter a name that says which system uses the key.'),
    calls: z.string(),
    applications: z.array(z.string()),
    models: z.string(),
    prompts: z.boolean(),
    namesUsers: z.boolean(),
    days: z.string(),
  }),
  ({ name, calls, applications, models, prompts, namesUsers, days }, refuse): NewApiKey => {
    const named = calls === 'named' ? applications : [];
    const direct = listOf(models, /[\s,]+/);
    if (calls === 'named' && named.length === 0 && direct.length === 0)
      refuse('Choose an application or name a model: a key without either cannot call anything.', 'applications');
    if (prompts && calls === 'named' && named.length === 0)
      refuse('Choose the application whose prompts the key may read.', 'prompts');
    return {
      name,
      expiresInDays: Number(days),
      ...(calls === 'all' && { allApplications: true }),
      ...(named.length > 0 && { applications: named }),
      ...(direct.length > 0 && { models: direct }),
      ...(prompts && { prompts }),
      ...(namesUsers && { namesUsers }),
    };
  },
);

/** The dialog that creates a key and shows it once. */
export function CreateApiKeyDialog({ onClose }: { onClose: () => void }): ReactNode {
  const queries = useQueryClient();
  const names = useQuery(applicationNamesQuery);
  // The key is kept here because the form's result would stay in memory after the dialog is closed.
  const [secret, show] = useState<string>();
  const form = useCommandForm({
    draft: 'api-key.create',
    schema,
    initial: {
      name: '',
      calls: 'named',
      applications: [] as string[],
      models: '',
      prompts: false,
      namesUsers: false,
      days: '90',
    },
    command: (command) => command,
    send: async (command, key) => {
      const { apiKey, key: text } = await createApiKey(command, key);
      show(text ?? '');
      return apiKey.apiKeyId;
    },
    onSent: () => queries.invalidateQueries({ queryKey: ['api-keys'] }),
  });
  const { control, values } = form;
  if (secret !== undefined) return <CreatedKey secret={secret} onClose={onClose} />;
  return (
    <FormDialog
      title="Create an API key"
      description="An application can call only what its key names. Any client of the OpenAI API works."
      action="Create"
      form={form}
      onClose={onClose}
    >
      <TextField
        id="api-key-name"
        control={control}
        name="name"
        label="Name"
        isRequired
        autoFocus
        help="The system that uses the key, and where: Mail gateway, production."
      />
      <RadioField
        id="api-key-calls"
        control={control}
        name="calls"
        label="Applications"
        choices={[
          { value: 'named', label: 'Only the applications chosen here' },
          { value: 'all', label: 'All applications of the workspace, including future ones' },
        ]}
      />
      {values.calls === 'named' && (
        <Checklist
          id="api-key-applications"
          control={control}
          name="applications"
          label="The key may call"
          choices={(names.data ?? []).map((name) => ({ value: name, label: name }))}
        />
      )}
      <TextAreaField
        id="api-key-models"
        control={control}
        name="models"
        label="Models and variants"
        rows={2}
        help="Models that the key may call without a release, one name per line. Usually empty."
      />
      <CheckboxField
        id="api-key-prompts"
        control={control}
        name="prompts"
        label="The key may read the prompts of these applications by label, so that a client can render them"
      />
      <CheckboxField
        id="api-key-names-users"
        control={control}
        name="namesUsers"
        label="The users that its calls name are real people, so each counts as a caller of a canary"
      />
      <ChoiceField
        id="api-key-days"
        control={control}
        name="days"
        label="Expires after"
        choices={['7', '30', '90', '180', '365'].map((days) => ({ value: days, label: `${days} days` }))}
        help="A key cannot be extended. Create a new one before it expires, and replace it."
      />
    </FormDialog>
  );
}
