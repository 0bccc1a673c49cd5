import {
  Button,
  Card,
  CardBody,
  CardTitle,
  CodeBlock,
  CodeBlockCode,
  ExpandableSection,
  Form,
  Label,
} from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import { ConversationFields } from './ConversationFields';
import { render, tokenWords, type ChatMessage, type Rendered } from '@/shared/data/promptRendering';
import type { PromptVersion } from '@/shared/data/promptVersions';
import { inputOf, valuesSchema } from './rendering';
import { variablesOf } from '@/shared/data/promptVariables';
import { VariableField } from './VariableField';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

/** Renders a version with values for its variables, as a call would. Nothing is sent to a model or stored. */
export function RenderPanel({
  version: { prompt, version, variables: declared },
}: {
  version: PromptVersion;
}): ReactNode {
  const variables = variablesOf(declared);
  const schema = valuesSchema(variables);
  const form = useCommandForm({
    draft: `render.${prompt}.${version}`,
    schema,
    initial: { variables: Object.fromEntries(variables.map(({ name }) => [name, ''])), conversation: [] },
    command: inputOf,
    send: (values) => render(prompt, version, values),
    onSent: (_rendered, input) => input,
  });
  const typed = schema.safeParse(form.values).data;
  return (
    <Card isCompact>
      <CardTitle component="h2">Render</CardTitle>
      <CardBody>
        <div className="pl-stack">
          <Form
            className="pl-version-form"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              form.submit();
            }}
          >
            {variables.length === 0 && <p>This version has no variables: its text is always the same.</p>}
            {variables.map((variable) => (
              <VariableField key={variable.name} control={form.control} variable={variable} />
            ))}
            <ConversationFields control={form.control} />
            {form.error != null && <ProblemPanel error={form.error} />}
            <div>
              <Button
                type="submit"
                variant="secondary"
                isLoading={form.pending}
                isAriaDisabled={form.pending || form.blocked !== undefined}
              >
                Render
              </Button>
            </div>
          </Form>
          <div role="status">
            {form.result && (
              <Messages
                rendered={form.result}
                isStale={JSON.stringify(form.sent) !== JSON.stringify(typed && inputOf(typed))}
              />
            )}
          </div>
        </div>
      </CardBody>
    </Card>
  );
}

function Messages({
  rendered: { messages, request, tokens },
  isStale,
}: {
  rendered: Rendered;
  isStale: boolean;
}): ReactNode {
  const [expanded, expand] = useState(false);
  return (
    <div className="pl-stack">
      <h3>
        Rendered messages <span className="pl-subtle">{tokenWords(tokens)}</span>{' '}
        {isStale && (
          <Label isCompact status="warning">
            rendered with earlier values
          </Label>
        )}
      </h3>
      {(messages as unknown as ChatMessage[]).map(({ role, content }, index) => (
        <div key={index}>
          <Label isCompact>{role}</Label>
          <div className="pl-content">{typeof content === 'string' ? content : JSON.stringify(content, null, 2)}</div>
        </div>
      ))}
      <ExpandableSection
        toggleText="As a chat completions request"
        isExpanded={expanded}
        onToggle={(_event, next) => expand(next)}
      >
        {expanded && (
          <CodeBlock>
            <CodeBlockCode>{JSON.stringify(request, null, 2)}</CodeBlockCode>
          </CodeBlock>
        )}
      </ExpandableSection>
    </div>
  );
}
