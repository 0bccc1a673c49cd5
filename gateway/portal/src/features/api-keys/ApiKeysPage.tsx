import { PageSection } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { apiKeysQuery, scopeOf, type ApiKey } from './apiKeys';
import { CreateApiKeyDialog } from './CreateApiKeyDialog';
import { RevokeDialog } from './RevokeDialog';
import { Used } from './Used';
import { usageQuery, type Usage } from '@/shared/data/usage';
import { TableFrame } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Person } from '@/shared/ui/Person';
import { RoleButton } from '@/shared/ui/RoleButton';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

const operators = ['sre', 'admin'] as const;

export function ApiKeysPage(): ReactNode {
  const { page: token } = useSearch({ from: '/settings/api-keys' });
  const navigate = useNavigate({ from: '/settings/api-keys' });
  const [creating, create] = useState(false);
  const [revoking, revoke] = useState<ApiKey>();
  const button = (
    <RoleButton variant="primary" roles={[...operators]} onClick={() => create(true)}>
      Create an API key
    </RoleButton>
  );
  return (
    <>
      <PageHeader
        title="API keys"
        description={
          'Applications use keys to call the OpenAI API of this installation. A key allows only what it ' +
          'names. It is shown once, expires, and stops working within a second after it is revoked.'
        }
        actions={button}
      />
      <PageSection isFilled>
        <PagedList
          query={useQuery(apiKeysQuery(token))}
          what="API keys"
          token={token}
          onToken={(next) => void navigate({ search: { page: next } })}
          empty={
            <Empty title="No API keys yet" action={button}>
              Until then, only people and services of this installation can call its models.
            </Empty>
          }
        >
          {(items) => <ApiKeyTable apiKeys={items} onRevoke={revoke} />}
        </PagedList>
        {creating && <CreateApiKeyDialog onClose={() => create(false)} />}
        {revoking !== undefined && <RevokeDialog apiKey={revoking} onClose={() => revoke(undefined)} />}
      </PageSection>
    </>
  );
}

function ApiKeyTable({ apiKeys, onRevoke }: { apiKeys: ApiKey[]; onRevoke: (apiKey: ApiKey) => void }): ReactNode {
  const day = useQuery(usageQuery('API_KEY', 24));
  const month = useQuery(usageQuery('API_KEY', 30 * 24));
  return (
    <TableFrame aria-label="API keys">
      <Thead>
        <Tr>
          <Th width={15}>Name</Th>
          <Th>State</Th>
          <Th width={20}>May call</Th>
          <Th>Created</Th>
          <Th>Expires</Th>
          <Th>Last used</Th>
          <Th>Used</Th>
          <Th screenReaderText="Actions" />
        </Tr>
      </Thead>
      <Tbody>
        {apiKeys.map((apiKey) => (
          <ApiKeyRow key={apiKey.apiKeyId} apiKey={apiKey} day={day} month={month} onRevoke={onRevoke} />
        ))}
      </Tbody>
    </TableFrame>
  );
}

interface ApiKeyRowProps {
  apiKey: ApiKey;
  day: UseQueryResult<Usage>;
  month: UseQueryResult<Usage>;
  onRevoke: (apiKey: ApiKey) => void;
}

function ApiKeyRow({ apiKey, day, month, onRevoke }: ApiKeyRowProps): ReactNode {
  const { name, start, state, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt, revokedBy, revocationReason } =
    apiKey;
  return (
    <Tr>
      <Td dataLabel="Name">
        {name}
        <div>
          <code className="pl-subtle pl-anywhere">{start}…</code>
        </div>
      </Td>
      <Td dataLabel="State">
        <StateLabel state={state} />
        {revokedAt != null && (
          <div className="pl-subtle">
            <Time at={revokedAt} /> by <Person actor={revokedBy} />: {revocationReason}
          </div>
        )}
      </Td>
      <Td dataLabel="May call">
        {scopeOf(apiKey).map((model) => (
          <div key={model} className="pl-anywhere">
            {model}
          </div>
        ))}
      </Td>
      <Td dataLabel="Created">
        <Time at={createdAt} />
        <div className="pl-subtle">
          by <Person actor={createdBy} />
        </div>
      </Td>
      <Td dataLabel="Expires">
        <Time at={expiresAt} />
      </Td>
      <Td dataLabel="Last used">{lastUsedAt == null ? 'never' : <Time at={lastUsedAt} />}</Td>
      <Td dataLabel="Used">
        <Used apiKeyId={apiKey.apiKeyId} within="24 hours" usage={day} />
        <Used apiKeyId={apiKey.apiKeyId} within="30 days" usage={month} />
      </Td>
      <Td dataLabel="Actions">
        {state !== 'REVOKED' && (
          <RoleButton
            variant="link"
            isInline
            isDanger
            roles={[...operators]}
            aria-label={`Revoke ${name}`}
            onClick={() => onRevoke(apiKey)}
          >
            Revoke
          </RoleButton>
        )}
      </Td>
    </Tr>
  );
}
