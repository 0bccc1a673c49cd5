import { Button, Flex, FormGroup } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { Draft } from './board';
import { conversation, isPlaceholder, type Message, type Placeholder } from '@/shared/data/promptVersions';
import { MessageFields } from '@/shared/form/MessageFields';
import { RowActions, RowList } from '@/shared/form/RowList';
import { moved, useRows } from '@/shared/form/useRows';
import { count } from '@/shared/text/format';

const roles = (['system', 'user', 'assistant'] as const).map((role) => ({ value: role, label: role }));

interface DraftFieldsProps {
  id: string;
  letter: string;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

/** The fields for the messages of a draft prompt. Its examples and response format stay those of its version. */
export function DraftFields({ id, letter, draft, onChange }: DraftFieldsProps): ReactNode {
  const { messages } = draft;
  const change = (next: (Message | Placeholder)[]) => onChange({ ...draft, messages: next });
  const rows = useRows(messages.length, {
    append: () => change([...messages, { role: 'user', content: '' }]),
    insert: (index) => change(messages.toSpliced(index, 0, { role: 'user', content: '' })),
    move: (from, to) => change(moved(messages, from, to)),
    remove: (index) => change(messages.toSpliced(index, 1)),
  });
  return (
    <>
      <RowList rows={rows}>
        {messages.map((entry, index) => {
          const actions = (what: string) => (
            <RowActions rows={rows} index={index} what={what} isKept={messages.length === 1} />
          );
          return isPlaceholder(entry) ? (
            <FormGroup
              key={index}
              label={`Place of the conversation, ${letter}`}
              role="group"
              fieldId={`${id}-${index}`}
              labelHelp={actions(`the place of the conversation in column ${letter}`)}
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
              onRole={(role) => change(messages.with(index, { role, content: entry.content }))}
              onContent={(content) => change(messages.with(index, { role: entry.role, content }))}
              actions={actions(`prompt message ${letter}${index + 1}`)}
            />
          );
        })}
      </RowList>
      <Flex>
        <Button
          id={rows.addId}
          variant="secondary"
          size="sm"
          aria-label={`Add a message to the prompt of column ${letter}`}
          onClick={rows.append}
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
        <p className="pl-subtle">
          With the {count(draft.examples.length)} examples of the version that the draft started from.
        </p>
      )}
    </>
  );
}
