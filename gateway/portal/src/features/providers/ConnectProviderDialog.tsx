import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useWatch } from 'react-hook-form';
import { deadlineSeconds } from './deadline';
import { createProvider } from './providers';
import { formatChoices, responseFormats } from './responseFormats';
import { ChoiceField, TextAreaField, TextField } from '@/shared/form/fields';
import { listOf, parsed, requiredText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { words } from '@/shared/text/format';
import { FormDialog } from '@/shared/form/FormDialog';

type Kind = 'openai-compatible' | 'anthropic' | 'gemini';

const kinds: Record<Kind, { baseUrl: string; help: string }> = {
  'openai-compatible': {
    baseUrl: 'https://api.example.com/v1',
    help: 'Including /v1, without /chat/completions.',
  },
  anthropic: {
    baseUrl: 'https://api.anthropic.com/v1',
    help: 'Usually https://api.anthropic.com/v1, without /messages.',
  },
  gemini: {
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    help: 'Usually https://generativelanguage.googleapis.com/v1beta, without /models.',
  },
};

const missing = 'Enter a name and an address.';
const schema = z.object({
  name: requiredText(missing),
  kind: z.enum(['openai-compatible', 'anthropic', 'gemini']),
  baseUrl: requiredText(missing),
  apiKey: z.string(),
  deadlineSeconds,
  responseFormats,
  models: parsed(z.string(), (text) => listOf(text, /[\s,]+/)),
});

export function ConnectProviderDialog({ onClose }: { onClose: () => void }): ReactNode {
  const queries = useQueryClient();
  const form = useCommandForm({
    draft: 'provider.connect',
    undrafted: ['apiKey'],
    schema,
    initial: {
      name: '',
      kind: 'openai-compatible',
      baseUrl: '',
      apiKey: '',
      deadlineSeconds: '',
      responseFormats: 'json_schema',
      models: '',
    },
    command: ({ name, kind, baseUrl, apiKey, deadlineSeconds, responseFormats, models }) => ({
      name,
      kind,
      baseUrl,
      ...(apiKey !== '' && { apiKey }),
      ...(deadlineSeconds !== undefined && { deadlineSeconds }),
      ...(kind === 'openai-compatible' && { responseFormats }),
      ...(models.length > 0 && { models }),
    }),
    send: createProvider,
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['providers'] });
      onClose();
    },
  });
  const { control } = form;
  const kind = useWatch({ control, name: 'kind' }) as Kind;
  const { baseUrl, help } = kinds[kind];
  return (
    <FormDialog
      title="Connect a provider"
      description={
        'An endpoint with the protocol of OpenAI, Anthropic or Gemini. Its models are then named ' + 'provider/model.'
      }
      action="Connect"
      form={form}
      onClose={onClose}
    >
      <TextField
        id="provider-name"
        control={control}
        name="name"
        label="Name"
        isRequired
        autoFocus
        help="Lower case with hyphens. The names of its models start with it: acme-llm/…"
      />
      <ChoiceField
        id="provider-kind"
        control={control}
        name="kind"
        label="Protocol"
        isRequired
        choices={Object.keys(kinds).map((value) => ({ value, label: words(value) }))}
        help={
          'Calls to its models use the OpenAI API like all others. Fields that the provider does not support ' +
          'are refused with an error that names them.'
        }
      />
      <TextField
        id="provider-url"
        control={control}
        name="baseUrl"
        label="Base URL"
        isRequired
        type="url"
        placeholder={baseUrl}
        help={`${help} Addresses inside this network are refused unless the installation allows them.`}
      />
      <TextField
        id="provider-key"
        control={control}
        name="apiKey"
        label="API key"
        type="password"
        autoComplete="off"
        help="Stored encrypted and never shown again."
      />
      <TextField
        id="provider-deadline"
        control={control}
        name="deadlineSeconds"
        label="Deadline in seconds"
        type="number"
        placeholder="600"
        help="The maximum duration of one call. A reasoning model may need some minutes."
      />
      {kind === 'openai-compatible' && (
        <ChoiceField
          id="provider-formats"
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
      <TextAreaField
        id="provider-models"
        control={control}
        name="models"
        label="Models"
        rows={3}
        help="The models to list, one per line. Other models of the provider can still be called by name."
      />
    </FormDialog>
  );
}
