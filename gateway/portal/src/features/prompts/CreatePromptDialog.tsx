import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { createPrompt } from '@/shared/data/promptVersions';
import { TextAreaField, TextField } from '@/shared/form/fields';
import { listOf, parsed, requiredText, trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { FormDialog } from '@/shared/form/FormDialog';

const schema = z.object({
  name: requiredText('Enter a name.'),
  description: trimmedText(),
  tags: parsed(z.string(), (text) => listOf(text, /[\s,]+/)),
});

export function CreatePromptDialog({ onClose }: { onClose: () => void }): ReactNode {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useCommandForm({
    draft: 'prompt.create',
    schema,
    initial: { name: '', description: '', tags: '' },
    command: (prompt) => prompt,
    send: createPrompt,
    onSent: async (_created, { name }) => {
      await queries.invalidateQueries({ queryKey: ['prompts', 'list'] });
      await navigate({ to: '/prompts/$name/new-version', params: { name } });
    },
  });
  const { control } = form;
  return (
    <FormDialog title="New prompt" action="Create and write its first version" form={form} onClose={onClose}>
      <TextField
        id="create-name"
        control={control}
        name="name"
        label="Name"
        isRequired
        autoFocus
        help="Lower case with hyphens: support-triage"
      />
      <TextAreaField id="create-description" control={control} name="description" label="Description" rows={2} />
      <TextField id="create-tags" control={control} name="tags" label="Tags" placeholder="mail, triage" />
    </FormDialog>
  );
}
