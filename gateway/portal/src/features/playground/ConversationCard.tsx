import { Button, Card, CardBody, CardTitle, ExpandableSection, Flex, Form, TextArea } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import { typedMessage, toolsOf, type Board, type TypedMessage } from './board';
import { ItemDialog } from './ItemDialog';
import { Field } from '@/shared/form/Field';
import { MessageFields } from '@/shared/form/MessageFields';
import { RowActions, RowList } from '@/shared/form/RowList';
import { moved, useRows } from '@/shared/form/useRows';
import { itemReaders, messagesOf, type Item } from '@/shared/items/items';
import { RoleButton } from '@/shared/ui/RoleButton';

const roles: { value: TypedMessage['role']; label: string }[] = [
  { value: 'user', label: 'user' },
  { value: 'assistant', label: 'assistant' },
  { value: 'system', label: 'system' },
  { value: 'json', label: 'as JSON' },
];

type Parts = Pick<Board, 'conversation' | 'tools' | 'item'>;

interface ConversationCardProps {
  board: Parts;
  onChange: (changed: Partial<Parts>) => void;
  onItem: (item: Item, reference: string) => void;
  /** Runs the columns, on Control and Enter. */
  onRun: () => void;
}

/** The conversation that all columns send. */
export function ConversationCard({ board, onChange, onItem, onRun }: ConversationCardProps): ReactNode {
  const { conversation, tools, item } = board;
  const [choosing, choose] = useState(false);
  const [expanded, expand] = useState(tools !== '');
  const change = (next: TypedMessage[]) => onChange({ conversation: next });
  const changeOne = (index: number, next: TypedMessage) => change(conversation.with(index, next));
  const rows = useRows(conversation.length, {
    append: () =>
      change([...conversation, { role: conversation.at(-1)?.role === 'user' ? 'assistant' : 'user', content: '' }]),
    insert: (index) => change(conversation.toSpliced(index, 0, { role: 'user', content: '' })),
    move: (from, to) => change(moved(conversation, from, to)),
    remove: (index) => change(conversation.toSpliced(index, 1)),
  });
  return (
    <Card component="section" isCompact aria-labelledby="conversation-title">
      <CardTitle component="h2" id="conversation-title">
        Conversation
      </CardTitle>
      <CardBody>
        <Form
          noValidate
          aria-label="Conversation"
          onSubmit={(event) => event.preventDefault()}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onRun();
          }}
        >
          {item !== '' && <p className="pl-subtle pl-anywhere">Taken from the item {item}.</p>}
          <RowList rows={rows}>
            {conversation.map(({ role, content }, index) => (
              <MessageFields
                key={index}
                id={`conversation-message-${index}`}
                label={`Message ${index + 1}`}
                role={role}
                roles={roles}
                content={content}
                isMono={role === 'json'}
                onRole={(next) => changeOne(index, { role: next, content })}
                onContent={(next) => changeOne(index, { role, content: next })}
                actions={
                  <RowActions
                    rows={rows}
                    index={index}
                    what={`message ${index + 1}`}
                    isKept={conversation.length === 1}
                  />
                }
              />
            ))}
          </RowList>
          <Flex>
            <Button id={rows.addId} variant="secondary" size="sm" onClick={rows.append}>
              Add a message
            </Button>
            <RoleButton roles={itemReaders} variant="secondary" size="sm" onClick={() => choose(true)}>
              Take an item of a dataset
            </RoleButton>
          </Flex>
          <ExpandableSection toggleText="Tools" isExpanded={expanded} onToggle={(_event, next) => expand(next)}>
            <Field
              id="tools"
              label="Tools, as JSON"
              error={flawOf(tools)}
              help="A list as in the OpenAI API. A variant accepts tools only if its caller policy allows them."
            >
              <TextArea
                id="tools"
                className="pl-mono"
                rows={4}
                resizeOrientation="vertical"
                spellCheck={false}
                value={tools}
                validated={flawOf(tools) === undefined ? 'default' : 'error'}
                aria-describedby="tools-help"
                onChange={(_event, next) => onChange({ tools: next })}
              />
            </Field>
          </ExpandableSection>
        </Form>
      </CardBody>
      {choosing && (
        <ItemDialog
          onItem={(taken, reference) => {
            choose(false);
            onItem(taken, reference);
          }}
          onClose={() => choose(false)}
        />
      )}
    </Card>
  );
}

/** Returns an item's messages and tools in the form of the fields. */
export function partsOf(item: Item, reference: string): Parts {
  const { tools } = item.input;
  return {
    conversation: messagesOf(item).length === 0 ? [{ role: 'user', content: '' }] : messagesOf(item).map(typedMessage),
    tools: tools.length === 0 ? '' : JSON.stringify(tools, null, 2),
    item: reference,
  };
}

function flawOf(tools: string): string | undefined {
  try {
    toolsOf({ tools });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
