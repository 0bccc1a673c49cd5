import { ActionGroup, Button, Card, CardBody, CardTitle, Form } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { setSchema } from './editor/editorForm';
import { ExamplesField } from './editor/ExamplesField';
import { MessagesField } from './editor/MessagesField';
import { ParametersField } from './editor/ParametersField';
import { PartialsField } from './editor/PartialsField';
import { pointersOf } from './editor/pointers';
import { ResponseFormatField } from './editor/ResponseFormatField';
import { ToolsField } from './editor/ToolsField';
import { VariablesField } from './editor/VariablesField';
import { contentOf, declareVariables, sendable, versionSchema, type VersionDraft } from './editor/versionDraft';
import { Findings } from './Findings';
import { lint } from './prompts';
import { publish, type PromptContent, type PublishVersion } from '@/shared/data/promptVersions';
import { TextField } from '@/shared/form/fields';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { KeptDraft } from '@/shared/form/KeptDraft';
import { Problem } from '@/shared/http/problem';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

interface VersionFormProps {
  name: string;
  parent?: number;
  initial: VersionDraft;
}

export function VersionForm({ name, parent, initial }: VersionFormProps): ReactNode {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useCommandForm({
    draft: `version.${name}`,
    schema: versionSchema,
    initial,
    command: ({ message, lintReason, ...content }): PublishVersion => ({
      ...sendable(content),
      message,
      ...(lintReason.trim() !== '' && { lintReason }),
      parent,
    }),
    pointers: pointersOf,
    send: (version, key) => publish(name, version, key),
    onSent: async (published) => {
      await queries.invalidateQueries({ queryKey: ['prompts'] });
      await navigate({ to: '/prompts/$name/versions/$version', params: { name, version: String(published.version) } });
    },
  });
  const { control, set, values, blocked } = form;
  // This object stays the same while another part is typed in, so that the other parts need not render.
  const editor = useMemo(() => ({ control, set }), [control, set]);
  const content = contentOf(values);
  const linting = useMutation({ mutationFn: (draft: PromptContent) => lint(draft, name) });
  const isFlawed =
    (form.error != null && Problem.of(form.error).details.type.endsWith('/lint-errors')) ||
    linting.data?.findings.some(({ severity }) => severity === 'ERROR') === true;
  return (
    <Form
      className="pl-version-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      {form.restored && <KeptDraft title="Your unpublished text was restored" onDiscard={form.reset} />}
      <MessagesField form={editor} onDeclare={() => setSchema(editor, 'variables', declareVariables(values))} />
      <PartialsField control={control} draft={values} />
      <VariablesField form={editor} />
      <ExamplesField form={editor} />
      <ResponseFormatField form={editor} />
      <ParametersField form={editor} />
      <ToolsField form={editor} />
      <TextField id="message" control={control} name="message" label="What changed and why" isRequired />
      {(isFlawed || values.lintReason !== '') && (
        <TextField
          id="lint-reason"
          control={control}
          name="lintReason"
          label="Why it is published although the linter finds errors"
          help="Stored with the version. Leave it empty if there are no errors."
        />
      )}
      {form.error != null && <ProblemPanel error={form.error} />}
      {linting.isError && <ProblemPanel error={linting.error} />}
      {linting.isSuccess && (
        <Card isCompact>
          <CardTitle component="h2">Lint findings</CardTitle>
          <CardBody>
            <Findings report={linting.data} />
          </CardBody>
        </Card>
      )}
      <ActionGroup>
        <Button
          type="submit"
          isLoading={form.pending}
          isAriaDisabled={form.pending || blocked !== undefined}
          aria-describedby={blocked && 'publish-blocked'}
        >
          Publish version
        </Button>
        <Button
          variant="secondary"
          isLoading={linting.isPending}
          isDisabled={linting.isPending || content === undefined}
          onClick={() => content && linting.mutate(content)}
        >
          Lint the draft
        </Button>
        {blocked !== undefined && (
          <span id="publish-blocked" className="pl-subtle">
            {blocked}
          </span>
        )}
      </ActionGroup>
    </Form>
  );
}
