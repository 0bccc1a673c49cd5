import {
  Button, Form, FormGroup, FormHelperText, HelperText, HelperTextItem, Modal, ModalBody, ModalFooter, ModalHeader, TextArea, TextInput,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { createPrompt } from './prompts';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { useDraft } from '@/shared/session/draft';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

export function CreatePromptDialog({ onClose }: { onClose: () => void }): ReactNode {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { value, change, forget } = useDraft('prompt.create', { name: '', description: '', tags: '' });
  const prompt = { name: value.name.trim(), description: value.description.trim(), tags: value.tags.split(/[\s,]+/).filter(Boolean) };
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
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="create-title" aria-describedby="create-body">
      <ModalHeader title="New prompt" labelId="create-title" />
      <ModalBody id="create-body">
        <Form
          id="create-form"
          onSubmit={(event) => {
            event.preventDefault();
            creating.mutate();
          }}
        >
          {creating.isError && <ProblemPanel error={creating.error} />}
          <FormGroup label="Name" fieldId="create-name" isRequired>
            <TextInput
              id="create-name"
              value={value.name}
              onChange={(_event, name) => change({ ...value, name })}
              isRequired
              autoFocus
              aria-describedby="create-name-help"
            />
            <FormHelperText>
              <HelperText id="create-name-help">
                <HelperTextItem>Lower case with hyphens, as callers will write it: support-triage</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
          <FormGroup label="Description" fieldId="create-description">
            <TextArea id="create-description" value={value.description} rows={2} onChange={(_event, description) => change({ ...value, description })} />
          </FormGroup>
          <FormGroup label="Tags" fieldId="create-tags">
            <TextInput id="create-tags" value={value.tags} onChange={(_event, tags) => change({ ...value, tags })} placeholder="mail, triage" />
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="create-form" isLoading={creating.isPending} isDisabled={creating.isPending || prompt.name === ''}>
          Create and write its first version
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
