import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { revokeApiKey, type ApiKey } from './apiKeys';
import { ReasonDialog } from '@/shared/form/ReasonDialog';

export function RevokeDialog({
  apiKey: { apiKeyId, name, lastUsedAt },
  onClose,
}: {
  apiKey: ApiKey;
  onClose: () => void;
}): ReactNode {
  const queries = useQueryClient();
  return (
    <ReasonDialog
      title={`Revoke ${name}`}
      action="Revoke"
      danger
      draft={`api-key.${apiKeyId}.revoke`}
      send={(reason) => revokeApiKey(apiKeyId, reason)}
      onSent={async () => {
        await queries.invalidateQueries({ queryKey: ['api-keys'] });
        onClose();
      }}
      onClose={onClose}
    >
      <p>
        Within a second, every call with this key is refused permanently.
        {lastUsedAt == null ? ' It was never used.' : ' Systems that use it now fail until they get another key.'}
      </p>
    </ReasonDialog>
  );
}
