import {
  Button,
  Card,
  CardBody,
  CardTitle,
  CodeBlock,
  CodeBlockAction,
  CodeBlockCode,
  Content,
} from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';

/** How a client calls the released variant: any client of the OpenAI API. */
export function CallSnippet({ application, environment }: { application: string; environment: string }): ReactNode {
  const model = `app/${application}${environment === 'production' ? '' : `@${environment}`}`;
  const origin = window.location.origin;
  return (
    <Card>
      <CardTitle component="h2">Call it{environment === 'production' ? '' : ` in ${environment}`}</CardTitle>
      <CardBody className="pl-stack">
        <Content component="p">
          Any client of the OpenAI API works: base URL <code>{origin}/v1</code>, model <code>{model}</code>, a bearer
          token as key. On this machine <code>./plumbline people</code> lists the passwords.
        </Content>
        <Snippet
          name="Token"
          text={[
            `TOKEN=$(curl -s http://127.0.0.1:8180/realms/plumbline/protocol/openid-connect/token \\`,
            `  -d grant_type=password -d client_id=demo -d username=ada --data-urlencode "password=…" \\`,
            `  | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
          ].join('\n')}
        />
        <Snippet
          name="Call"
          text={[
            `curl -s ${origin}/v1/chat/completions -H "Authorization: Bearer $TOKEN" -H 'Content-Type: ` +
              `application/json' \\`,
            `  -d '{"model": "${model}", "messages": [{"role": "user", "content": "…"}]}'`,
          ].join('\n')}
        />
        <Snippet
          name="Python"
          text={[
            'from openai import OpenAI',
            '',
            `client = OpenAI(base_url="${origin}/v1", api_key=token)`,
            `client.chat.completions.create(model="${model}", messages=[{"role": "user", "content": "…"}])`,
          ].join('\n')}
        />
      </CardBody>
    </Card>
  );
}

function Snippet({ name, text }: { name: string; text: string }): ReactNode {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true));
  };
  return (
    <CodeBlock
      actions={
        <CodeBlockAction>
          <span className="pl-subtle">{name}</span>
          <Button
            size="sm"
            variant="link"
            onClick={copy}
            onBlur={() => setCopied(false)}
            aria-label={`${copied ? 'Copied' : 'Copy'}: ${name}`}
          >
            {copied ? 'Copied' : 'Copy'}
          </Button>
        </CodeBlockAction>
      }
    >
      <CodeBlockCode>{text}</CodeBlockCode>
    </CodeBlock>
  );
}
