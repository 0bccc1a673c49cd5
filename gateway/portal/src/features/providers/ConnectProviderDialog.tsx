import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createProvider } from './providers';
import { TextAreaField, TextField } from '@/shared/form/fields';
import { listOf, optionalNumber, parsed, requiredText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { FormDialog } from '@/shared/form/FormDialog';

const missing = 'Give it a name and an address.';
const schema = z.object({
  name: requiredText(missing),
  baseUrl: requiredText(missing),
  apiKey: z.string(),
  deadlineSeconds: optionalNumber(
    'Use whole seconds from 1 to 3600.',
    (value) => Number.isInteger(value) && value >= 1 && value <= 3600,
  ),
  models: parsed(z.string(), (text) => listOf(text, /[\s,]+/)),
});

export function ConnectProviderDialog({ onClose }: { onClose: () => void }): ReactNode {
  const queries = useQueryClient();
  const form = useCommandForm({
    draft: 'provider.connect',
    undrafted: ['apiKey'],
    schema,
    initial: { name: '', baseUrl: '', apiKey: '', deadlineSeconds: '', models: '' },
    command: ({ name, baseUrl, apiKey, deadlineSeconds, models }) => ({
      name,
      kind: 'openai-compatible',
      baseUrl,
      ...(apiKey !== '' && { apiKey }),
      ...(deadlineSeconds !== undefined && { deadlineSeconds }),
      ...(models.length > 0 && { models }),
    }),
    send: createProvider,
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['providers'] });
      onClose();
    },
  });
  const { control } = form;
  return (
    <FormDialog
      title="Connect a provider"
      description="An endpoint that supports OpenAI's chat completions; its models are then named provider/model."
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
        help="Lower case with hyphens, as its models are addressed: acme-llm/…"
      />
      <TextField
        id="provider-url"
        control={control}
        name="baseUrl"
        label="Base URL"
        isRequired
        type="url"
        placeholder="https://api.example.com/v1"
        help="Including /v1. Addresses inside this network are refused unless the installation allows them."
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
        help="The longest that one call may take. A reasoning model may need some minutes."
      />
      <TextAreaField
        id="provider-models"
        control={control}
        name="models"
        label="Models"
        rows={3}
        help="The models that may be called, one per line."
      />
    </FormDialog>
  );
}
