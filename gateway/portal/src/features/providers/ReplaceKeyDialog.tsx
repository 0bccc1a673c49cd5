import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { replaceKey, type Provider } from './providers';
import { TextField } from '@/shared/form/fields';
import { requiredText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { FormDialog } from '@/shared/form/FormDialog';

const schema = z.object({ apiKey: requiredText('Enter the key.') });

/** The dialog that replaces a key. It stores no draft, so that nobody can read the key later. */
export function ReplaceKeyDialog({ provider, onClose }: { provider: Provider; onClose: () => void }): ReactNode {
  const { name, connectionDigest } = provider;
  const queries = useQueryClient();
  const form = useCommandForm({
    schema,
    initial: { apiKey: '' },
    command: ({ apiKey }) => apiKey,
    send: (apiKey) => replaceKey(name, connectionDigest, apiKey),
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['providers'] });
      onClose();
    },
  });
  return (
    <FormDialog
      title={`Replace the API key of ${name}`}
      description="The connection and its variants stay the same. The next call uses the new key."
      action="Replace"
      form={form}
      onClose={onClose}
    >
      <TextField
        id="key-new"
        control={form.control}
        name="apiKey"
        label="New API key"
        isRequired
        autoFocus
        type="password"
        autoComplete="off"
        help="Stored encrypted and never shown again."
      />
    </FormDialog>
  );
}
