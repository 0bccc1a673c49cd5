import {
  ActionGroup,
  Button,
  Card,
  CardBody,
  CardTitle,
  Flex,
  Form,
  FormGroup,
  FormSelect,
  FormSelectOption,
  InputGroup,
  InputGroupItem,
  TextArea,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useController, useFieldArray, type Control } from 'react-hook-form';
import { Findings } from './Findings';
import { ConversationPlace } from './ConversationPlace';
import { lint } from './prompts';
import { PartialsField } from './PartialsField';
import {
  chooseAmong,
  contentOf,
  declareVariables,
  partialPointers,
  sendable,
  versionSchema,
  type VersionDraft,
} from './versionDraft';
import {
  conversation,
  isPlaceholder,
  publish,
  type PromptContent,
  type PublishVersion,
} from '@/shared/data/promptVersions';
import { TextAreaField, TextField } from '@/shared/form/fields';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { Field, FieldHelp } from '@/shared/form/Field';
import { KeptDraft } from '@/shared/form/KeptDraft';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

const documents = [
  { field: 'variables', label: 'Variables', help: 'JSON Schema, one property per variable.', rows: 8 },
  { field: 'examples', label: 'Examples', help: 'A list of {"input": …, "output": …}.', rows: 4 },
  { field: 'parameters', label: 'Parameters', help: 'Named as in the chat protocol: {"temperature": 0}', rows: 3 },
  {
    field: 'responseFormat',
    label: 'Response format',
    help:
      'JSON Schema of the answer; empty for free text. A choice model answers only with one of the options it ' +
      'names.',
    rows: 5,
  },
] as const;

const roles = ['system', 'user', 'assistant'];

interface VersionFormProps {
  name: string;
  parent?: number;
  initial: VersionDraft;
}

export function VersionForm({ name, parent, initial }: VersionFormProps): ReactNode {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useCommandForm({
    draft: `version.${name}`,
    schema: versionSchema,
    initial,
    command: ({ message, ...content }): PublishVersion => ({ ...sendable(content), message, parent }),
    pointers: partialPointers,
    send: (version, key) => publish(name, version, key),
    onSent: async (published) => {
      await queries.invalidateQueries({ queryKey: ['prompts'] });
      await navigate({ to: '/prompts/$name/versions/$version', params: { name, version: String(published.version) } });
    },
  });
  const { control, values, blocked } = form;
  const messages = useFieldArray({ control, name: 'messages' });
  const content = contentOf(values);
  const linting = useMutation({ mutationFn: (draft: PromptContent) => lint(draft, name) });
  return (
    <Form
      className="pl-version-form"
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      {form.restored && <KeptDraft title="Your unpublished text was restored" onDiscard={form.reset} />}
      {messages.fields.map((entry, index) => {
        const onRemove = messages.fields.length > 1 ? () => messages.remove(index) : undefined;
        return isPlaceholder(entry) ? (
          <PlaceholderRow key={entry.id} onRemove={onRemove} />
        ) : (
          <MessageField key={entry.id} control={control} index={index} onRemove={onRemove} />
        );
      })}
      <Flex>
        <Button variant="secondary" size="sm" onClick={() => messages.append({ role: 'user', content: '' })}>
          Add a message
        </Button>
        <Button
          variant="secondary"
          size="sm"
          isDisabled={messages.fields.some(isPlaceholder)}
          onClick={() => messages.append(conversation)}
        >
          Add the conversation
        </Button>
        <Button variant="secondary" size="sm" onClick={() => form.set('variables', declareVariables(values))}>
          Declare variables found in the text
        </Button>
      </Flex>
      <PartialsField control={control} draft={values} />
      <AnswersField onWrite={(answers) => form.set('responseFormat', chooseAmong(answers) ?? values.responseFormat)} />
      {documents.map(({ field, label, help, rows }) => (
        <TextAreaField
          key={field}
          id={field}
          control={control}
          name={field}
          label={label}
          help={help}
          className="pl-mono"
          rows={rows}
          resizeOrientation="vertical"
          spellCheck={false}
        />
      ))}
      <TextField id="message" control={control} name="message" label="What changed and why" isRequired />
      {form.error != null && <ProblemPanel error={form.error} />}
      {linting.isError && <ProblemPanel error={linting.error} />}
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
          isLoading={form.pending}
          isAriaDisabled={form.pending || blocked !== undefined}
          aria-describedby={blocked && 'publish-blocked'}
        >
          Publish version
        </Button>
        <Button
          variant="secondary"
          isLoading={linting.isPending}
          isDisabled={linting.isPending || content === undefined}
          onClick={() => content && linting.mutate(content)}
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

/** Writes the JSON Schema for answers that are one of a few labels. */
function AnswersField({ onWrite }: { onWrite: (answers: string) => void }): ReactNode {
  const [answers, type] = useState('');
  return (
    <Field
      id="answers"
      label="Answers to choose from"
      help="For classification: the labels, spelled as in the dataset, separated by commas: billing, delivery, account"
    >
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
    </Field>
  );
}

function PlaceholderRow({ onRemove }: { onRemove: (() => void) | undefined }): ReactNode {
  return (
    <FormGroup
      label="Conversation"
      role="group"
      fieldId="conversation"
      labelHelp={
        onRemove && (
          <Button variant="link" isInline size="sm" onClick={onRemove} aria-label="Remove the conversation">
            Remove
          </Button>
        )
      }
    >
      <ConversationPlace />
    </FormGroup>
  );
}

interface MessageFieldProps<Parsed> {
  control: Control<VersionDraft, unknown, Parsed>;
  index: number;
  onRemove: (() => void) | undefined;
}

function MessageField<Parsed>({ control, index, onRemove }: MessageFieldProps<Parsed>): ReactNode {
  const { field: role } = useController({ control, name: `messages.${index}.role` });
  const {
    field: { ref, value, onChange, onBlur },
    fieldState: { error },
  } = useController({ control, name: `messages.${index}.content` });
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
        value={role.value}
        onChange={(_event, next) => role.onChange(next)}
      >
        {roles.map((name) => (
          <FormSelectOption key={name} value={name} label={name} />
        ))}
      </FormSelect>
      <TextArea
        id={`content-${index}`}
        ref={ref}
        className="pl-mono"
        value={value}
        rows={5}
        resizeOrientation="vertical"
        validated={error ? 'error' : 'default'}
        aria-describedby={`content-${index}-help`}
        onChange={(_event, next) => onChange(next)}
        onBlur={onBlur}
      />
      <FieldHelp id={`content-${index}-help`} error={error?.message}>
        A Mustache template: variables as {'{{name}}'}, other prompts as {'{{> name}}'}.
      </FieldHelp>
    </FormGroup>
  );
}
