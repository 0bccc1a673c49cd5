import { Alert, Button, Card, CardBody, CardHeader, CardTitle, ExpandableSection, Form } from '@patternfly/react-core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Answer } from './answer';
import { AnswerPanel } from './AnswerPanel';
import { isGoverned, messagesOf, toolsOf, type Board, type Column } from './board';
import { ModelField } from './ModelField';
import { ParameterFields } from './ParameterFields';
import { PromptFields } from './PromptFields';
import { SaveDialog } from './SaveDialog';
import { VariableFields } from './VariableFields';
import { AddToDataset } from '@/shared/items/AddToDataset';
import type { ChatMessage } from '@/shared/items/items';
import { RoleButton } from '@/shared/ui/RoleButton';

interface ColumnCardProps {
  letter: string;
  column: Column;
  conversation: Board['conversation'];
  tools: Board['tools'];
  answer: Answer | undefined;
  onChange: (changed: Partial<Column>) => void;
  /** Undefined when no further column fits. */
  onDuplicate: (() => void) | undefined;
  /** Undefined for the only column. */
  onRemove: (() => void) | undefined;
}

/** One model or variant with its settings and its answer. */
export function ColumnCard({
  letter,
  column,
  conversation,
  tools,
  answer,
  onChange,
  onDuplicate,
  onRemove,
}: ColumnCardProps): ReactNode {
  const [saving, save] = useState(false);
  // The settings fold once there is an answer, so that all answers are visible, until somebody unfolds them.
  const [expanded, expand] = useState<boolean>();
  const [saved, setSaved] = useState<{ name: string; version: number }>();
  const id = `column-${letter}`;
  const governed = isGoverned(column.model);
  const settings = governed ? 'Variables and parameters' : 'Prompt, variables and parameters';
  return (
    <Card component="section" isCompact className="pl-column" aria-labelledby={`${id}-title`}>
      <CardHeader
        actions={{
          hasNoOffset: true,
          actions: (
            <>
              <Button
                variant="link"
                isInline
                size="sm"
                isDisabled={onDuplicate === undefined}
                aria-label={`Duplicate column ${letter}`}
                onClick={onDuplicate}
              >
                Duplicate
              </Button>
              <Button
                variant="link"
                isInline
                size="sm"
                isAriaDisabled={onRemove === undefined}
                aria-label={`Remove column ${letter}`}
                onClick={onRemove}
              >
                Remove
              </Button>
            </>
          ),
        }}
      >
        <CardTitle component="h2" id={`${id}-title`}>
          Column {letter}
        </CardTitle>
      </CardHeader>
      <CardBody>
        <Form noValidate aria-label={`Settings of column ${letter}`} onSubmit={(event) => event.preventDefault()}>
          <ModelField id={`${id}-model`} value={column.model} onChange={(model) => onChange({ model })} />
          <ExpandableSection
            toggleText={settings}
            toggleAriaLabel={`${settings} of column ${letter}`}
            isExpanded={expanded ?? answer === undefined}
            onToggle={(_event, isExpanded) => expand(isExpanded)}
          >
            <div className="pl-stack">
              {!governed && <PromptFields id={id} letter={letter} column={column} onChange={onChange} />}
              <VariableFields id={`${id}-variable`} column={column} onChange={(variables) => onChange({ variables })} />
              <ParameterFields id={id} letter={letter} column={column} onChange={onChange} />
              {!governed && (
                <div>
                  <RoleButton
                    roles={['prompt-engineer']}
                    variant="secondary"
                    size="sm"
                    aria-label={`Save as version, column ${letter}`}
                    onClick={() => save(true)}
                  >
                    Save as version
                  </RoleButton>
                </div>
              )}
            </div>
          </ExpandableSection>
        </Form>
        <div role="status">
          {saved !== undefined && (
            <Alert isInline isPlain variant="success" component="h3" title="Saved as a version">
              <Link
                to="/prompts/$name/versions/$version"
                params={{ name: saved.name, version: String(saved.version) }}
              >{`${saved.name} v${saved.version}`}</Link>
            </Alert>
          )}
        </div>
      </CardBody>
      <CardBody className="pl-column-answer">
        <AnswerPanel letter={letter} answer={answer} />
        {answer?.phase === 'finished' && <Collect letter={letter} board={{ conversation, tools }} answer={answer} />}
      </CardBody>
      {saving && (
        <SaveDialog
          column={column}
          conversation={conversation}
          onSaved={(version) => {
            setSaved(version);
            save(false);
            onChange({ prompt: `${version.name}@${version.version}`, draft: null });
          }}
          onClose={() => save(false)}
        />
      )}
    </Card>
  );
}

interface CollectProps {
  letter: string;
  board: Pick<Board, 'conversation' | 'tools'>;
  answer: Answer;
}

/** The button that adds the current conversation and its answer to a dataset. */
function Collect({ letter, board, answer }: CollectProps): ReactNode {
  const request = sendable(board);
  const complete = answer.text.length === answer.characters;
  return (
    <AddToDataset
      label={`Add to a dataset, column ${letter}`}
      candidate={{
        messages: (request?.messages ?? []) as unknown as ChatMessage[],
        tools: request?.tools ?? [],
        variables: {},
        answer: complete ? answer.text : '',
        calls: answer.calls,
        source: { kind: 'PLAYGROUND', ...(answer.responseId !== undefined && { responseId: answer.responseId }) },
      }}
      reason={
        request === undefined || request.messages.length === 0
          ? 'The conversation is empty or cannot be read.'
          : undefined
      }
    />
  );
}

/** Returns the messages and tools to send, or undefined while a typed text is not JSON. */
function sendable(board: CollectProps['board']) {
  try {
    return { messages: messagesOf(board.conversation), tools: toolsOf(board) };
  } catch {
    return undefined;
  }
}
