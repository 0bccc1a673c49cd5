import { Card, CardBody, CardTitle, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ConnectionDialog } from './ConnectionDialog';
import { EmbeddedIndexes } from './EmbeddedIndexes';
import { ModelsCard } from './ModelsCard';
import { providerQuery, type Provider } from './providers';
import { ReplaceKeyDialog } from './ReplaceKeyDialog';
import { TestCard } from './TestCard';
import { count, words } from '@/shared/text/format';
import { Detail, Details } from '@/shared/ui/Details';
import { DigestText } from '@/shared/ui/DigestText';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Person } from '@/shared/ui/Person';
import { RoleButton } from '@/shared/ui/RoleButton';
import { Time } from '@/shared/ui/Time';
import { UsedBy } from '@/shared/variants/UsedBy';

export function ProviderPage(): ReactNode {
  const { name } = useParams({ from: '/settings/providers/$name' });
  const query = useQuery(providerQuery(name));
  const [changes, setChanges] = useState(0);
  return (
    <>
      <PageHeader
        title={name}
        about="Provider"
        trail={[
          <Link key="providers" to="/settings/providers">
            Providers
          </Link>,
        ]}
        description={`Calls name its models ${name}/model.`}
      />
      <PageSection isFilled>
        <Loaded query={query} what="the provider" rows={8}>
          {(provider) => (
            <div className="pl-stack">
              <ConnectionCard provider={provider} onClosed={() => setChanges((before) => before + 1)} />
              <TestCard key={`${provider.connectionDigest}-${changes}`} provider={provider} />
              <ModelsCard provider={provider} />
              <UsedBy what={name} part={{ connectionDigest: provider.connectionDigest }}>
                <p>
                  These variants use the connection above. Variants that were created with an earlier connection keep
                  that one.
                </p>
                <EmbeddedIndexes connectionDigest={provider.connectionDigest} />
              </UsedBy>
            </div>
          )}
        </Loaded>
      </PageSection>
    </>
  );
}

interface ConnectionCardProps {
  provider: Provider;
  /** Called after a dialog closed that may have changed the address or the key. */
  onClosed: () => void;
}

function ConnectionCard({ provider, onClosed }: ConnectionCardProps): ReactNode {
  const {
    kind,
    baseUrl,
    apiVersion,
    connectionDigest,
    deadlineSeconds,
    responseFormats,
    passedFields,
    hasApiKey,
    createdBy,
    createdAt,
  } = provider;
  const [open, show] = useState<'key' | 'connection'>();
  const close = () => {
    show(undefined);
    onClosed();
  };
  return (
    <Card isCompact>
      <CardTitle component="h2">Connection</CardTitle>
      <CardBody className="pl-stack">
        <Details>
          <Detail term="Address">
            <code>{baseUrl}</code>
          </Detail>
          <Detail term="Protocol">{words(kind)}</Detail>
          {apiVersion != null && <Detail term="API version">{apiVersion}</Detail>}
          <Detail term="Deadline">{count(deadlineSeconds)} s</Detail>
          {kind === 'openai-compatible' && <Detail term="Response formats">{responseFormats}</Detail>}
          {passedFields.length > 0 && <Detail term="Passed fields">{passedFields.join(', ')}</Detail>}
          <Detail term="API key">{hasApiKey ? 'set' : 'none'}</Detail>
          <Detail term="Digest">
            <DigestText value={connectionDigest} />
          </Detail>
          <Detail term="Connected">
            <Time at={createdAt} /> by <Person actor={createdBy} />
          </Detail>
        </Details>
        <div>
          <RoleButton roles={['admin']} variant="secondary" onClick={() => show('key')}>
            Replace the API key
          </RoleButton>{' '}
          <RoleButton roles={['admin']} variant="secondary" onClick={() => show('connection')}>
            Connect to another address
          </RoleButton>
        </div>
        {open === 'key' && <ReplaceKeyDialog provider={provider} onClose={close} />}
        {open === 'connection' && <ConnectionDialog provider={provider} onClose={close} />}
      </CardBody>
    </Card>
  );
}
