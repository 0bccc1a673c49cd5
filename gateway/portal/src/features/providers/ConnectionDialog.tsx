import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { deadlineSeconds } from './deadline';
import { createConnection, type Provider } from './providers';
import { formatChoices, responseFormats } from './responseFormats';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { requiredText, trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { FormDialog } from '@/shared/form/FormDialog';

const schema = z.object({
  baseUrl: requiredText('Enter the address.'),
  apiVersion: trimmedText(),
  apiKey: z.string(),
  deadlineSeconds,
  responseFormats,
});

export function ConnectionDialog({ provider, onClose }: { provider: Provider; onClose: () => void }): ReactNode {
  const { name, kind, baseUrl, apiVersion, hasApiKey } = provider;
  const queries = useQueryClient();
  const form = useCommandForm({
    draft: `provider.connection.${name}`,
    undrafted: ['apiKey'],
    schema,
    initial: {
      baseUrl,
      apiVersion: apiVersion ?? '',
      apiKey: '',
      deadlineSeconds: String(provider.deadlineSeconds),
      responseFormats: provider.responseFormats,
    },
    command: (typed) => ({
      baseUrl: typed.baseUrl,
      ...(typed.apiVersion !== '' && { apiVersion: typed.apiVersion }),
      ...(typed.apiKey !== '' && { apiKey: typed.apiKey }),
      ...(typed.deadlineSeconds !== undefined && { deadlineSeconds: typed.deadlineSeconds }),
      ...(kind === 'openai-compatible' && {
        responseFormats: typed.responseFormats,
        passedFields: provider.passedFields,
      }),
    }),
    send: (connection, key) => createConnection(name, connection, key),
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['providers'] });
      onClose();
    },
  });
  const { control } = form;
  return (
    <FormDialog
      title={`Connect ${name} to another address`}
      description={
        `This creates a new version of the connection. New variants and calls of ${name}/model use it. ` +
        'Existing variants, including released ones, keep their address, deadline and response formats.'
      }
      action="Connect"
      form={form}
      onClose={onClose}
    >
      <TextField
        id="connection-url"
        control={control}
        name="baseUrl"
        label="Base URL"
        isRequired
        autoFocus
        type="url"
        help="Addresses inside this network are refused unless the installation allows them."
      />
      {kind === 'openai-compatible' && (
        <TextField
          id="connection-version"
          control={control}
          name="apiVersion"
          label="API version"
          help="Sent as api-version with every call, where the endpoint needs one."
        />
      )}
      {kind === 'openai-compatible' && (
        <ChoiceField
          id="connection-formats"
          control={control}
          name="responseFormats"
          label="Response formats"
          choices={formatChoices}
          help={
            "The form in which the server accepts the schema of an answer. A prompt's schema is translated " +
            'into this form.'
          }
        />
      )}
      <TextField
        id="connection-deadline"
        control={control}
        name="deadlineSeconds"
        label="Deadline in seconds"
        type="number"
        placeholder="600"
        help="The maximum duration of one call."
      />
      <TextField
        id="connection-key"
        control={control}
        name="apiKey"
        label="API key"
        type="password"
        autoComplete="off"
        help={
          (hasApiKey ? 'The stored key is not used for the new connection: enter it again. ' : '') +
          'Stored encrypted and never shown again.'
        }
      />
    </FormDialog>
  );
}
