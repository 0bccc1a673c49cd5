import {
  ActionGroup,
  Button,
  Card,
  CardBody,
  CardTitle,
  Flex,
  Form,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  InputGroup,
  InputGroupItem,
  TextArea,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Findings } from './Findings';
import { lint, publish, type Message, type MessageRole } from './prompts';
import { chooseAmong, declareVariables, read, type DocumentField, type VersionDraft } from './versionDraft';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { forgetDraft, useDraft } from '@/shared/session/draft';
import { KeptDraft } from '@/shared/ui/KeptDraft';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

const documents: { field: DocumentField; label: string; help: string; rows: number }[] = [
  { field: 'variables', label: 'Variables', help: 'JSON Schema, one property per variable.', rows: 8 },
  { field: 'examples', label: 'Examples', help: 'A list of {"input": …, "output": …}.', rows: 4 },
  { field: 'parameters', label: 'Parameters', help: 'As the chat protocol names them: {"temperature": 0}', rows: 3 },
  {
    field: 'responseFormat',
    label: 'Response format',
    help: 'JSON Schema of the answer; empty for free text. A choice model answers only with one of the options it names.',
    rows: 5,
  },
];

interface VersionFormProps {
  name: string;
  parent?: number;
  initial: VersionDraft;
}

export function VersionForm({ name, parent, initial }: VersionFormProps): ReactNode {
  const draftKey = `version.${name}`;
  const { value: draft, change, restored, forget } = useDraft(draftKey, initial);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { content, errors } = read(draft);
  const version = { ...content, message: draft.message.trim(), parent };
  const key = useIdempotencyKey(version);
  const linting = useMutation({ mutationFn: () => lint(content) });
  const publishing = useMutation({
    mutationFn: () => publish(name, version, key),
    onSuccess: async (published) => {
      forgetDraft(draftKey);
      await queries.invalidateQueries({ queryKey: ['prompts'] });
      await navigate({ to: '/prompts/$name/versions/$version', params: { name, version: String(published.version) } });
    },
  });
  const errorAt = fieldErrors(publishing.error);
  const unreadable = Object.keys(errors).length > 0;
  const blocked = whyNot(draft, unreadable);
  const set = (index: number, message: Message) => change({ ...draft, messages: draft.messages.with(index, message) });
  return (
    <Form
      className="pl-version-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (blocked === undefined) publishing.mutate();
      }}
    >
      {restored && <KeptDraft title="Your unpublished text was kept" onDiscard={forget} />}
      {draft.messages.map((message, index) => (
        <MessageField
          key={index}
          index={index}
          message={message}
          error={errorAt(`/messages/${index}`)}
          onChange={(next) => set(index, next)}
          onRemove={
            draft.messages.length > 1
              ? () => change({ ...draft, messages: draft.messages.toSpliced(index, 1) })
              : undefined
          }
        />
      ))}
      <Flex>
        <Button
          variant="secondary"
          size="sm"
          onClick={() => change({ ...draft, messages: [...draft.messages, { role: 'user', content: '' }] })}
        >
          Add a message
        </Button>
        <Button
          variant="secondary"
          size="sm"
          isDisabled={errors.variables !== undefined}
          onClick={() => change(declareVariables(draft))}
        >
          Declare variables found in the text
        </Button>
      </Flex>
      <AnswersField onWrite={(answers) => change(chooseAmong(draft, answers))} />
      {documents.map(({ field, label, help, rows }) => {
        const error = errors[field] ?? errorAt(`/${field}`);
        return (
          <FormGroup key={field} label={label} fieldId={field}>
            <TextArea
              id={field}
              className="pl-mono"
              value={draft[field]}
              rows={rows}
              resizeOrientation="vertical"
              spellCheck={false}
              validated={error ? 'error' : 'default'}
              aria-describedby={`${field}-help`}
              onChange={(_event, text) => change({ ...draft, [field]: text })}
            />
            <Help id={`${field}-help`} error={error}>
              {help}
            </Help>
          </FormGroup>
        );
      })}
      <FormGroup label="What changed and why" fieldId="message" isRequired>
        <TextInput
          id="message"
          value={draft.message}
          isRequired
          validated={errorAt('/message') ? 'error' : 'default'}
          onChange={(_event, message) => change({ ...draft, message })}
        />
      </FormGroup>
      {publishing.isError && <ProblemPanel error={publishing.error} headingLevel="h2" />}
      {linting.isError && <ProblemPanel error={linting.error} headingLevel="h2" />}
      {linting.isSuccess && (
        <Card isCompact>
          <CardTitle component="h2">Lint findings</CardTitle>
          <CardBody>
            <Findings report={linting.data} />
          </CardBody>
        </Card>
      )}
      <ActionGroup>
        <Button
          type="submit"
          isLoading={publishing.isPending}
          isAriaDisabled={publishing.isPending || blocked !== undefined}
          aria-describedby={blocked && 'publish-blocked'}
        >
          Publish version
        </Button>
        <Button
          variant="secondary"
          isLoading={linting.isPending}
          isDisabled={linting.isPending || unreadable}
          onClick={() => linting.mutate()}
        >
          Lint the draft
        </Button>
        {blocked !== undefined && (
          <span id="publish-blocked" className="pl-subtle">
            {blocked}
          </span>
        )}
      </ActionGroup>
    </Form>
  );
}

function whyNot({ messages, message }: VersionDraft, unreadable: boolean): string | undefined {
  if (messages.every(({ content }) => content.trim() === '')) return 'Write a message first.';
  if (unreadable) return 'Correct the marked fields.';
  return message.trim() === '' ? 'Say what changed and why.' : undefined;
}

/** Spares writing a JSON Schema where the answer is one of a few labels. */
function AnswersField({ onWrite }: { onWrite: (answers: string) => void }): ReactNode {
  const [answers, type] = useState('');
  return (
    <FormGroup label="Answers to choose from" fieldId="answers">
      <InputGroup>
        <InputGroupItem isFill>
          <TextInput
            id="answers"
            value={answers}
            aria-describedby="answers-help"
            onChange={(_event, typed) => type(typed)}
          />
        </InputGroupItem>
        <InputGroupItem>
          <Button variant="control" onClick={() => onWrite(answers)}>
            Write the response format
          </Button>
        </InputGroupItem>
      </InputGroup>
      <Help id="answers-help" error={undefined}>
        For classification: the labels, spelt as in the dataset, separated by commas: billing, delivery, account
      </Help>
    </FormGroup>
  );
}

interface MessageFieldProps {
  index: number;
  message: Message;
  error: string | undefined;
  onChange: (message: Message) => void;
  onRemove: (() => void) | undefined;
}

function MessageField({ index, message, error, onChange, onRemove }: MessageFieldProps): ReactNode {
  const number = index + 1;
  return (
    <FormGroup
      label={`Message ${number}`}
      fieldId={`content-${index}`}
      labelHelp={
        onRemove && (
          <Button variant="link" isInline size="sm" onClick={onRemove} aria-label={`Remove message ${number}`}>
            Remove
          </Button>
        )
      }
    >
      <FormSelect
        aria-label={`Role of message ${number}`}
        className="pl-role"
        value={message.role}
        onChange={(_event, role) => onChange({ ...message, role: role as MessageRole })}
      >
        <FormSelectOption value="system" label="system" />
        <FormSelectOption value="user" label="user" />
        <FormSelectOption value="assistant" label="assistant" />
      </FormSelect>
      <TextArea
        id={`content-${index}`}
        className="pl-mono"
        value={message.content}
        rows={5}
        resizeOrientation="vertical"
        validated={error ? 'error' : 'default'}
        aria-describedby={`content-${index}-help`}
        onChange={(_event, content) => onChange({ ...message, content })}
      />
      <Help id={`content-${index}-help`} error={error}>
        A Mustache template: variables as {'{{name}}'}.
      </Help>
    </FormGroup>
  );
}

function Help({ id, error, children }: { id: string; error: string | undefined; children: ReactNode }): ReactNode {
  return (
    <FormHelperText>
      <HelperText id={id}>
        <HelperTextItem variant={error ? 'error' : 'default'}>{error ?? children}</HelperTextItem>
      </HelperText>
    </FormHelperText>
  );
}
