import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, type ReactNode } from 'react';
import {
  contentOf,
  isGoverned,
  messagesOf,
  overridden,
  parametersOf,
  versionOf,
  type Board,
  type Column,
} from './board';
import { promptsQuery } from '@/shared/models/modelChoices';
import type { Json } from '@/shared/data/promptRendering';
import {
  createPrompt,
  publish,
  promptVersionQuery,
  writtenAs,
  type Message,
  type PromptContent,
  type PublishedVersion,
} from '@/shared/data/promptVersions';
import { FormDialog } from '@/shared/form/FormDialog';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { requiredText, trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';

const schema = z
  .object({ prompt: z.string(), name: trimmedText(), message: requiredText('Describe what changed and why.') })
  .check(
    z.refine(({ prompt, name }) => prompt !== '' || name !== '', {
      message: 'Give the prompt a name.',
      path: ['name'],
    }),
  );

interface SaveDialogProps {
  column: Column;
  conversation: Board['conversation'];
  onSaved: (saved: { name: string; version: number }) => void;
  onClose: () => void;
}

/** The dialog that publishes a column's prompt as a version of an existing or a new prompt. */
export function SaveDialog({ column, conversation, onSaved, onClose }: SaveDialogProps): ReactNode {
  const queries = useQueryClient();
  const prompts = useQuery(promptsQuery);
  const base = versionOf(column.draft?.base ?? column.prompt);
  const origin = useQuery({
    ...promptVersionQuery(base?.name ?? '', base?.version ?? 0),
    enabled: base !== undefined && column.draft === null,
  });
  // If the version is refused and sent again, the prompt was already created.
  const keys = useRef(new Map<string, string>());
  const content = contentToSave(column, conversation, origin.data && writtenAs(origin.data));
  const form = useCommandForm({
    schema,
    initial: { prompt: base?.name ?? '', name: '', message: '' },
    command: (values) => values,
    send: async ({ prompt, name, message }, key): Promise<{ name: string; published: PublishedVersion }> => {
      if (content === undefined) throw new Error('There is nothing to save yet.');
      if (prompt === '') {
        const created = keys.current.get(name) ?? crypto.randomUUID();
        keys.current.set(name, created);
        await createPrompt({ name, description: '', tags: [] }, created);
      }
      const latest = prompts.data?.items.find((one) => one.name === prompt)?.latestVersion;
      const parent = base?.name === prompt && base.version === latest ? latest : undefined;
      const target = prompt === '' ? name : prompt;
      return { name: target, published: await publish(target, { ...content, message, parent }, key) };
    },
    onSent: async ({ name, published }) => {
      await queries.invalidateQueries({ queryKey: ['prompts'] });
      onSaved({ name, version: published.version });
    },
  });
  const { control, values } = form;
  return (
    <FormDialog
      title="Save as version"
      description={describe(column)}
      action="Publish version"
      variant="medium"
      form={form}
      blocked={content === undefined ? 'There is nothing to save yet.' : form.blocked}
      onClose={onClose}
    >
      <ChoiceField
        id="save-prompt"
        control={control}
        name="prompt"
        label="Prompt"
        choices={[
          { value: '', label: 'A new prompt' },
          ...(prompts.data?.items ?? []).map(({ name }) => ({ value: name, label: name })),
        ]}
      />
      {values.prompt === '' && (
        <TextField
          id="save-name"
          control={control}
          name="name"
          label="Name"
          isRequired
          help="Lower case with hyphens: support-triage"
        />
      )}
      <TextField id="save-message" control={control} name="message" label="What changed and why" isRequired />
    </FormDialog>
  );
}

function describe({ draft, prompt }: Column): string {
  if (draft !== null) return 'The messages of the draft, with the parameters of the column.';
  return prompt === ''
    ? 'The messages of the conversation, with the parameters of the column.'
    : 'The content of the version, with the parameters of the column.';
}

/** Returns the content to save. Undefined if it is empty, or if a message is not plain text. */
export function contentToSave(
  column: Column,
  conversation: Board['conversation'],
  version: PromptContent | undefined,
): PromptContent | undefined {
  const content = writtenIn(column, conversation, version);
  if (content === undefined || content.messages.length === 0 || isGoverned(column.model)) return undefined;
  return { ...content, parameters: overridden(content.parameters as Json, parametersOf(column)) };
}

function writtenIn(
  { draft, prompt }: Column,
  conversation: Board['conversation'],
  version: PromptContent | undefined,
): PromptContent | undefined {
  if (draft !== null) return contentOf(draft);
  if (prompt !== '') return version;
  if (conversation.some(({ role, content }) => role === 'json' && content.trim() !== '')) return undefined;
  return contentOf({
    base: '',
    messages: messagesOf(conversation) as unknown as Message[],
    variables: { type: 'object', properties: {} },
    examples: [],
    parameters: {},
  });
}
