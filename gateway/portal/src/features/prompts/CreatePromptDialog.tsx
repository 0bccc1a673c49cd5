import { TextArea } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { createPrompt } from './prompts';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { useDraft } from '@/shared/session/draft';
import { Field, TextField } from '@/shared/ui/Field';
import { FormDialog } from '@/shared/ui/FormDialog';

export function CreatePromptDialog({ onClose }: { onClose: () => void }): ReactNode {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { value, change, forget } = useDraft('prompt.create', { name: '', description: '', tags: '' });
  const prompt = {
    name: value.name.trim(),
    description: value.description.trim(),
    tags: value.tags.split(/[\s,]+/).filter(Boolean),
  };
  const key = useIdempotencyKey(prompt);
  const creating = useMutation({
    mutationFn: () => createPrompt(prompt, key),
    onSuccess: async () => {
      forget();
      await queries.invalidateQueries({ queryKey: ['prompts', 'list'] });
      await navigate({ to: '/prompts/$name/new-version', params: { name: prompt.name } });
    },
  });
  return (
    <FormDialog
      title="New prompt"
      action="Create and write its first version"
      pending={creating.isPending}
      blocked={prompt.name === '' ? 'Give it a name.' : undefined}
      error={creating.error}
      onSubmit={() => creating.mutate()}
      onClose={onClose}
    >
      <TextField
        id="create-name"
        label="Name"
        isRequired
        autoFocus
        value={value.name}
        help="Lower case with hyphens: support-triage"
        onChange={(name) => change({ ...value, name })}
      />
      <Field id="create-description" label="Description">
        <TextArea
          id="create-description"
          value={value.description}
          rows={2}
          onChange={(_event, description) => change({ ...value, description })}
        />
      </Field>
      <TextField
        id="create-tags"
        label="Tags"
        placeholder="mail, triage"
        value={value.tags}
        onChange={(tags) => change({ ...value, tags })}
      />
    </FormDialog>
  );
}
