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
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { render, type Json, type PromptVersion, type Rendered } from './prompts';
import { valuesOf, variablesOf } from './rendering';
import { VariableField } from './VariableField';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { useDraft } from '@/shared/session/draft';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

const nothing: Record<string, string> = {};

/** Fills a version's variables as serving it would; nothing is sent to a model and nothing is kept. */
export function RenderPanel({
  version: { prompt, version, variables: schema },
}: {
  version: PromptVersion;
}): ReactNode {
  const { value: typed, change } = useDraft(`render.${prompt}.${version}`, nothing);
  const variables = variablesOf(schema);
  const { values, errors } = valuesOf(variables, typed);
  const rendering = useMutation({ mutationFn: (filled: Json) => render(prompt, version, filled) });
  const errorAt = fieldErrors(rendering.error);
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
              if (Object.keys(errors).length === 0) rendering.mutate(values);
            }}
          >
            {variables.length === 0 && <p>This version has no variables: it reads the same each time.</p>}
            {variables.map((variable) => (
              <VariableField
                key={variable.name}
                variable={variable}
                value={typed[variable.name] ?? ''}
                error={errors[variable.name] ?? errorAt(`/variables/${variable.name}`)}
                onChange={(next) => change({ ...typed, [variable.name]: next })}
              />
            ))}
            {rendering.isError && <ProblemPanel error={rendering.error} />}
            <div>
              <Button
                type="submit"
                variant="secondary"
                isLoading={rendering.isPending}
                isAriaDisabled={rendering.isPending || Object.keys(errors).length > 0}
              >
                Render
              </Button>
            </div>
          </Form>
          <div role="status">
            {rendering.data && (
              <Messages
                rendered={rendering.data}
                isStale={JSON.stringify(rendering.variables) !== JSON.stringify(values)}
              />
            )}
          </div>
        </div>
      </CardBody>
    </Card>
  );
}

function Messages({ rendered: { messages, request }, isStale }: { rendered: Rendered; isStale: boolean }): ReactNode {
  const [expanded, expand] = useState(false);
  return (
    <div className="pl-stack">
      <h3>
        What the model reads{' '}
        {isStale && (
          <Label isCompact status="warning">
            with the values from before
          </Label>
        )}
      </h3>
      {messages.map(({ role, content }, index) => (
        <div key={index}>
          <Label isCompact>{role}</Label>
          <div className="pl-content">{content}</div>
        </div>
      ))}
      <ExpandableSection
        toggleText="As a request of the chat protocol"
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
