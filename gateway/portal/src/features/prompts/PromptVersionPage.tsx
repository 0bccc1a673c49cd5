import { Alert, Card, CardBody, CardTitle, CodeBlock, CodeBlockCode, Label, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Findings } from './Findings';
import { ConversationPlace } from './editor/ConversationPlace';
import { Includes } from './Includes';
import { lintQuery } from './prompts';
import type { Json } from '@/shared/data/promptRendering';
import { isPlaceholder, promptVersionQuery, type PromptVersion } from '@/shared/data/promptVersions';
import { RenderPanel } from './render/RenderPanel';
import { TemplateText } from './TemplateText';
import { may, useSession } from '@/shared/session/session';
import { DataTable } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { LinkButton } from '@/shared/ui/LinkButton';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Person } from '@/shared/ui/Person';
import { Time } from '@/shared/ui/Time';
import { UsedBy } from '@/shared/variants/UsedBy';

export function PromptVersionPage(): ReactNode {
  const { name, version } = useParams({ from: '/prompts/$name/versions/$version' });
  const number = Number(version);
  const query = useQuery(promptVersionQuery(name, number));
  const mayWrite = may(useSession(), 'prompt-engineer');
  return (
    <>
      <PageHeader
        title={`${name} v${version}`}
        about="Prompt"
        trail={[
          <Link key="prompts" to="/prompts">
            Prompts
          </Link>,
          <Link key="prompt" to="/prompts/$name" params={{ name }}>
            {name}
          </Link>,
        ]}
        description={query.data?.message}
        actions={
          <>
            {number > 1 && (
              <LinkButton
                variant="secondary"
                to="/prompts/$name/compare"
                params={{ name }}
                search={{ from: String(number - 1), to: version }}
              >
                Compare with v{number - 1}
              </LinkButton>
            )}{' '}
            <LinkButton variant="secondary" to="/playground" search={{ prompt1: `${name}@${version}` }}>
              Open in playground
            </LinkButton>{' '}
            {mayWrite && (
              <LinkButton
                variant="primary"
                to="/prompts/$name/new-version"
                params={{ name }}
                search={{ from: version }}
              >
                New version from this
              </LinkButton>
            )}
          </>
        }
      />
      <PageSection isFilled>
        <Loaded query={query} what="the version" rows={8}>
          {(loaded) => <Content version={loaded} mayWrite={mayWrite} />}
        </Loaded>
      </PageSection>
    </>
  );
}

function Content({ version, mayWrite }: { version: PromptVersion; mayWrite: boolean }): ReactNode {
  const { author, createdAt, digest, messages, examples, variables, parameters, responseFormat } = version;
  const lint = useQuery(lintQuery(version));
  return (
    <div className="pl-stack">
      <p>
        <Person actor={author} /> · <Time at={createdAt} /> · digest <DigestText value={digest} isFull />
      </p>
      {version.notes.map((note) => (
        <Alert key={note} isInline variant="warning" component="h2" title={note} />
      ))}
      {version.lintReason != null && (
        <Alert
          isInline
          variant="warning"
          component="h2"
          title="The version was published although the linter found errors"
        >
          {version.lintReason}
        </Alert>
      )}
      {mayWrite && (
        <Alert
          isInline
          variant="info"
          component="h2"
          title="To use this version, compose a variant with it. An application evaluates and releases the variant"
        >
          <LinkButton variant="link" isInline to="/apps">
            Compose a variant in an application
          </LinkButton>
        </Alert>
      )}
      <Card isCompact>
        <CardTitle component="h2">Messages</CardTitle>
        <CardBody className="pl-stack">
          {messages.map((entry, index) => (
            <div key={index}>
              {isPlaceholder(entry) ? (
                <ConversationPlace />
              ) : (
                <>
                  <Label isCompact>{entry.role}</Label>
                  <TemplateText text={entry.content} />
                </>
              )}
            </div>
          ))}
        </CardBody>
      </Card>
      {version.includes.length > 0 && <Includes name={version.prompt} version={version.version} />}
      {examples.length > 0 && (
        <Card isCompact>
          <CardTitle component="h2">Examples</CardTitle>
          <CardBody>
            <DataTable
              aria-label="Examples"
              rows={examples}
              rowKey={(_row, index) => index}
              columns={[
                { header: 'Input', kind: 'content', width: 70, cell: ({ input }) => input },
                { header: 'Output', kind: 'content', cell: ({ output }) => output },
              ]}
            />
          </CardBody>
        </Card>
      )}
      <UsedBy what={`${version.prompt} v${version.version}`} part={{ promptDigest: digest }} />
      <RenderPanel version={version} />
      <Document title="Variables" value={variables} />
      <Document title="Parameters" value={parameters} />
      {responseFormat != null && <Document title="Response format" value={responseFormat} />}
      <Card isCompact>
        <CardTitle component="h2">Lint findings</CardTitle>
        <CardBody>
          <Loaded query={lint} what="lint findings" rows={2}>
            {(report) => <Findings report={report} />}
          </Loaded>
        </CardBody>
      </Card>
    </div>
  );
}

function Document({ title, value }: { title: string; value: Json }): ReactNode {
  return (
    <Card isCompact>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        <CodeBlock>
          <CodeBlockCode>{JSON.stringify(value, null, 2)}</CodeBlockCode>
        </CodeBlock>
      </CardBody>
    </Card>
  );
}
