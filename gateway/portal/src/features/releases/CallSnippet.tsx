import { Card, CardBody, CardTitle, Content } from '@patternfly/react-core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Snippet } from '@/shared/ui/Snippet';

/** Shows how a client calls the released variant. Any client of the OpenAI API works. */
export function CallSnippet({ application, environment }: { application: string; environment: string }): ReactNode {
  const model = `app/${application}${environment === 'production' ? '' : `@${environment}`}`;
  const origin = window.location.origin;
  return (
    <Card>
      <CardTitle component="h2">Call it{environment === 'production' ? '' : ` in ${environment}`}</CardTitle>
      <CardBody className="pl-stack">
        <Content component="p">
          Any client of the OpenAI API works: base URL <code>{origin}/v1</code>, model <code>{model}</code>, and an{' '}
          <Link to="/settings/api-keys">API key</Link> whose scope names {application}.
        </Content>
        <Snippet
          name="Call"
          text={[
            `curl -s ${origin}/v1/chat/completions -H "Authorization: Bearer $PLUMBLINE_API_KEY" \\`,
            `  -H 'Content-Type: application/json' \\`,
            `  -d '{"model": "${model}", "messages": [{"role": "user", "content": "…"}]}'`,
          ].join('\n')}
        />
        <Snippet
          name="Python"
          text={[
            'import os',
            'from openai import OpenAI',
            '',
            `client = OpenAI(base_url="${origin}/v1", api_key=os.environ["PLUMBLINE_API_KEY"])`,
            `client.chat.completions.create(model="${model}", messages=[{"role": "user", "content": "…"}])`,
          ].join('\n')}
        />
      </CardBody>
    </Card>
  );
}
