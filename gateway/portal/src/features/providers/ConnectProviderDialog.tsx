import { TextArea } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { connect } from './providers';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { useDraft } from '@/shared/session/draft';
import { Field, TextField } from '@/shared/ui/Field';
import { FormDialog } from '@/shared/ui/FormDialog';

export function ConnectProviderDialog({ onClose }: { onClose: () => void }): ReactNode {
  const queries = useQueryClient();
  const { value, change, forget } = useDraft('provider.connect', { name: '', baseUrl: '', models: '' });
  // Not in the draft: what the tab stores can be read by whoever sits at this machine next.
  const [apiKey, type] = useState('');
  const models = value.models.split(/[\s,]+/).filter(Boolean);
  const provider = {
    name: value.name.trim(),
    kind: 'openai-compatible',
    baseUrl: value.baseUrl.trim(),
    ...(apiKey !== '' && { apiKey }),
    ...(models.length > 0 && { models }),
  };
  const key = useIdempotencyKey(provider);
  const connecting = useMutation({
    mutationFn: () => connect(provider, key),
    onSuccess: async () => {
      forget();
      await queries.invalidateQueries({ queryKey: ['providers'] });
      onClose();
    },
  });
  const errorAt = fieldErrors(connecting.error);
  return (
    <FormDialog
      title="Connect a provider"
      description="An endpoint that speaks OpenAI's chat completions; its models are then named provider/model."
      action="Connect"
      pending={connecting.isPending}
      blocked={provider.name === '' || provider.baseUrl === '' ? 'Give it a name and an address.' : undefined}
      error={connecting.error}
      onSubmit={() => connecting.mutate()}
      onClose={onClose}
    >
      <TextField
        id="provider-name"
        label="Name"
        isRequired
        autoFocus
        value={value.name}
        error={errorAt('/name')}
        help="Lower case with hyphens, as models will be addressed: acme-llm/…"
        onChange={(name) => change({ ...value, name })}
      />
      <TextField
        id="provider-url"
        label="Base address"
        isRequired
        type="url"
        value={value.baseUrl}
        placeholder="https://api.example.com/v1"
        error={errorAt('/baseUrl')}
        help="Up to and with /v1. Addresses inside this network are refused unless the installation allows them."
        onChange={(baseUrl) => change({ ...value, baseUrl })}
      />
      <TextField
        id="provider-key"
        label="API key"
        type="password"
        autoComplete="off"
        value={apiKey}
        error={errorAt('/apiKey')}
        help="Stored encrypted and never shown again."
        onChange={type}
      />
      <Field
        id="provider-models"
        label="Models"
        error={errorAt('/models')}
        help="Which of its models may be called, one a line."
      >
        <TextArea
          id="provider-models"
          rows={3}
          value={value.models}
          aria-describedby="provider-models-help"
          onChange={(_event, next) => change({ ...value, models: next })}
        />
      </Field>
    </FormDialog>
  );
}
