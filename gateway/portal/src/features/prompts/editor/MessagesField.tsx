import { Button, Flex, FormGroup } from '@patternfly/react-core';
import type { ReactElement, ReactNode } from 'react';
import { useController, useFieldArray, type Control } from 'react-hook-form';
import { ConversationPlace } from './ConversationPlace';
import type { EditorPartProps } from './editorForm';
import type { VersionDraft } from './versionDraft';
import { conversation, isPlaceholder } from '@/shared/data/promptVersions';
import { MessageFields } from '@/shared/form/MessageFields';
import { RowActions, RowList } from '@/shared/form/RowList';
import { useRows } from '@/shared/form/useRows';

const mostMessages = 50;
const roles = (['system', 'user', 'assistant'] as const).map((role) => ({ value: role, label: role }));
const unfocused = { shouldFocus: false };

interface MessagesFieldProps<Parsed> extends EditorPartProps<Parsed> {
  onDeclare: () => void;
}

/** The messages of a version, in the order in which the model reads them. */
export function MessagesField<Parsed>({ form: { control }, onDeclare }: MessagesFieldProps<Parsed>): ReactNode {
  const { fields, ...messages } = useFieldArray({ control, name: 'messages' });
  const isFull = fields.length >= mostMessages;
  const rows = useRows(fields.length, {
    append: () => messages.append({ role: 'user', content: '' }, unfocused),
    insert: isFull ? undefined : (index) => messages.insert(index, { role: 'user', content: '' }, unfocused),
    move: messages.move,
    remove: messages.remove,
  });
  return (
    <>
      <RowList rows={rows}>
        {fields.map((entry, index) => {
          const actions = (what: string) => (
            <RowActions rows={rows} index={index} what={what} isKept={fields.length === 1} />
          );
          return isPlaceholder(entry) ? (
            <FormGroup
              key={entry.id}
              label="Conversation"
              role="group"
              fieldId="conversation"
              labelHelp={actions('the conversation')}
            >
              <ConversationPlace />
            </FormGroup>
          ) : (
            <MessageField key={entry.id} control={control} index={index} actions={actions(`message ${index + 1}`)} />
          );
        })}
      </RowList>
      <Flex>
        <Button id={rows.addId} variant="secondary" size="sm" isDisabled={isFull} onClick={rows.append}>
          Add a message
        </Button>
        <Button
          variant="secondary"
          size="sm"
          isDisabled={isFull || fields.some(isPlaceholder)}
          onClick={() => messages.append(conversation, unfocused)}
        >
          Add the conversation
        </Button>
        <Button variant="secondary" size="sm" onClick={onDeclare}>
          Declare variables found in the text
        </Button>
      </Flex>
    </>
  );
}

interface MessageFieldProps<Parsed> {
  control: Control<VersionDraft, unknown, Parsed>;
  index: number;
  actions: ReactElement;
}

function MessageField<Parsed>({ control, index, actions }: MessageFieldProps<Parsed>): ReactNode {
  const { field: role } = useController({ control, name: `messages.${index}.role` });
  const {
    field: { ref, value, onChange, onBlur },
    fieldState: { error },
  } = useController({ control, name: `messages.${index}.content` });
  return (
    <MessageFields
      id={`content-${index}`}
      label={`Message ${index + 1}`}
      role={role.value}
      roles={roles}
      content={value}
      rows={5}
      isMono
      help={
        <>
          A Mustache template: variables as {'{{name}}'}, other prompts as {'{{> name}}'}.
        </>
      }
      error={error?.message}
      textRef={ref}
      onRole={role.onChange}
      onContent={onChange}
      onBlur={onBlur}
      actions={actions}
    />
  );
}
