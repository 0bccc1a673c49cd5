import { Button, Flex, FormGroup } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { Draft } from './board';
import { MessageFields } from './MessageFields';
import { conversation, isPlaceholder, type Message, type Placeholder } from '@/shared/data/promptVersions';

const roles = (['system', 'user', 'assistant'] as const).map((role) => ({ value: role, label: role }));

interface DraftFieldsProps {
  id: string;
  letter: string;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

/** The messages of a prompt, written here; its examples and its response format stay those of its version. */
export function DraftFields({ id, letter, draft, onChange }: DraftFieldsProps): ReactNode {
  const { messages } = draft;
  const change = (next: (Message | Placeholder)[]) => onChange({ ...draft, messages: next });
  const without = (index: number) =>
    messages.length > 1 ? () => change(messages.filter((_one, other) => other !== index)) : undefined;
  return (
    <>
      {messages.map((entry, index) =>
        isPlaceholder(entry) ? (
          <FormGroup
            key={index}
            label={`Place of the conversation, ${letter}`}
            role="group"
            fieldId={`${id}-${index}`}
            labelHelp={
              <Button
                variant="link"
                isInline
                size="sm"
                isDisabled={without(index) === undefined}
                onClick={without(index)}
                aria-label={`Remove the place of the conversation from column ${letter}`}
              >
                Remove
              </Button>
            }
          >
            <p className="pl-subtle">The messages of the conversation go here.</p>
          </FormGroup>
        ) : (
          <MessageFields
            key={index}
            id={`${id}-${index}`}
            label={`Prompt message ${letter}${index + 1}`}
            role={entry.role}
            roles={roles}
            content={entry.content}
            rows={4}
            isMono
            onChange={(role, content) =>
              change(messages.map((one, other) => (other === index ? { role, content } : one)))
            }
            onRemove={without(index)}
          />
        ),
      )}
      <Flex>
        <Button
          variant="secondary"
          size="sm"
          aria-label={`Add a message to the prompt of column ${letter}`}
          onClick={() => change([...messages, { role: 'user', content: '' }])}
        >
          Add a message
        </Button>
        {!messages.some(isPlaceholder) && (
          <Button
            variant="secondary"
            size="sm"
            aria-label={`Add the conversation to the prompt of column ${letter}`}
            onClick={() => change([...messages, conversation])}
          >
            Add the conversation
          </Button>
        )}
      </Flex>
      {draft.examples.length > 0 && (
        <p className="pl-subtle">With the {draft.examples.length} examples of the version that it started from.</p>
      )}
    </>
  );
}
