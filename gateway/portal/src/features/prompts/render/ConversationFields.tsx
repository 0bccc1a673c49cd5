import { Button } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useFieldArray, type Control } from 'react-hook-form';
import type { VariableValues } from './rendering';
import { ChoiceField, TextAreaField } from '@/shared/form/fields';

const roles = ['user', 'assistant'].map((role) => ({ value: role, label: role }));

/** The fields for the messages that a caller would send. */
export function ConversationFields<Parsed>({
  control,
}: {
  control: Control<VariableValues, unknown, Parsed>;
}): ReactNode {
  const messages = useFieldArray({ control, name: 'conversation' });
  return (
    <>
      {messages.fields.map(({ id }, index) => (
        <div key={id} className="pl-stack" role="group" aria-label={`The caller's message ${index + 1}`}>
          <ChoiceField
            id={`caller-message-role-${index}`}
            control={control}
            name={`conversation.${index}.role`}
            label={`Role of the caller's message ${index + 1}`}
            choices={roles}
          />
          <TextAreaField
            id={`caller-message-${index}`}
            control={control}
            name={`conversation.${index}.content`}
            label={`The caller's message ${index + 1}`}
            rows={2}
            autoResize
            resizeOrientation="vertical"
          />
          <div>
            <Button
              variant="link"
              isInline
              size="sm"
              aria-label={`Remove the caller's message ${index + 1}`}
              onClick={() => messages.remove(index)}
            >
              Remove
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button
          variant="secondary"
          size="sm"
          onClick={() =>
            messages.append({ role: messages.fields.length % 2 === 0 ? 'user' : 'assistant', content: '' })
          }
        >
          Add a message of the caller
        </Button>
      </div>
    </>
  );
}
