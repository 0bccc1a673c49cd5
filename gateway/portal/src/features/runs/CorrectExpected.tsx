import { ActionList, ActionListItem, Button, Form } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { outputQuery, type Expected, type ListedRunItem, type Suite } from './runs';
import { TextAreaField } from '@/shared/form/fields';
import { requiredText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { correctRow, draftKey, removeDraftItem, rowCorrectionsQuery, type NewExpected } from '@/shared/items/draft';
import { KeyButton, keyOfChoice } from '@/shared/keys/KeyButton';
import { reviewKey } from '@/shared/keys/review';
import { Loaded } from '@/shared/ui/Loaded';
import { Person } from '@/shared/ui/Person';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

interface CorrectExpectedProps {
  runId: string;
  item: ListedRunItem;
  suite: Suite;
  /** Opens the next answer, after the expected one was found right; absent after the last. */
  onRight: (() => void) | undefined;
}

/**
 * Buttons that say whether the expected answer of a row is right, or what it should be. Corrections wait in the draft
 * of the dataset, because versions do not change.
 */
export function CorrectExpected({ runId, item, suite, onRight }: CorrectExpectedProps): ReactNode {
  const { dataset, datasetVersion: version, labels } = suite;
  const { itemId, label } = item;
  const queries = useQueryClient();
  const [writing, write] = useState(false);
  const waiting = useQuery(rowCorrectionsQuery(dataset));
  // A correction is of all rows that ask the same.
  const correction = waiting.data?.find((one) => contentOf(one.itemId) === contentOf(itemId));
  const changed = {
    mutationKey: reviewKey,
    onSettled: () => void queries.invalidateQueries({ queryKey: draftKey(dataset) }),
  };
  const correcting = useMutation({
    mutationFn: (expected: NewExpected) => correctRow(dataset, { version, itemId, expected, runId }),
    ...changed,
  });
  const withdrawing = useMutation({ mutationFn: (id: string) => removeDraftItem(dataset, id), ...changed });
  const busy = correcting.isPending || withdrawing.isPending || waiting.isPending;
  const others = labels.filter((one) => one !== label);
  const error = correcting.error ?? withdrawing.error ?? waiting.error;
  const confirm = () => {
    correcting.reset();
    if (correction !== undefined) withdrawing.mutate(correction.draftItemId, { onSuccess: () => onRight?.() });
    else onRight?.();
  };
  return (
    <>
      <ActionList>
        <ActionListItem>
          <KeyButton
            shortcut="1"
            isAriaDisabled={busy || (correction === undefined && onRight === undefined)}
            onClick={confirm}
          >
            Expected answer is right
          </KeyButton>
        </ActionListItem>
        {others.map((name) => (
          <ActionListItem key={name}>
            <KeyButton
              shortcut={keyOfChoice(labels.indexOf(name) + 1)}
              aria-pressed={correction?.expected === name}
              isAriaDisabled={busy}
              onClick={() => correcting.mutate({ label: name })}
            >
              Should be {name}
            </KeyButton>
          </ActionListItem>
        ))}
        {labels.length === 0 && (
          <ActionListItem>
            <KeyButton shortcut={keyOfChoice(1)} aria-expanded={writing} onClick={() => write(!writing)}>
              Should be …
            </KeyButton>
          </ActionListItem>
        )}
      </ActionList>
      {writing && (
        <CorrectText
          runId={runId}
          item={item}
          busy={busy}
          onText={(expected) => correcting.mutate(expected, { onSuccess: () => write(false) })}
        />
      )}
      <p role="status">
        {correction !== undefined && (
          <>
            Corrected to “{correction.expected}” by <Person actor={correction.addedBy} />. The correction waits in the
            draft of {dataset}; “right” withdraws it.
          </>
        )}
      </p>
      {error != null && <ProblemPanel error={error} />}
    </>
  );
}

/** Returns the id that a row shares with its repetitions. */
function contentOf(itemId: string): string {
  return itemId.replace(/-\d+$/, '');
}

interface CorrectTextProps {
  runId: string;
  item: ListedRunItem;
  busy: boolean;
  onText: (expected: NewExpected) => void;
}

/** A field for the text that a row without labels should expect. */
function CorrectText({ runId, item, ...props }: CorrectTextProps): ReactNode {
  return (
    <Loaded query={useQuery(outputQuery(runId, item.ordinal))} what="the expected answer" rows={2}>
      {({ expected }) => <TextForm expected={expected} {...props} />}
    </Loaded>
  );
}

const schema = z.object({ text: requiredText('Enter the answer that is right.') });

interface TextFormProps extends Omit<CorrectTextProps, 'runId' | 'item'> {
  expected: Expected;
}

function TextForm({ expected, busy, onText }: TextFormProps): ReactNode {
  const id = useId();
  const form = useCommandForm({
    schema,
    initial: { text: expected.label ?? expected.references[0] ?? expected.answers?.[0] ?? '' },
    command: ({ text }) => text,
    send: (text) => Promise.resolve(withText(expected, text)),
    onSent: (corrected) => onText(corrected),
  });
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) form.submit();
      }}
    >
      <TextAreaField
        id={id}
        control={form.control}
        name="text"
        label="Should be"
        autoFocus
        rows={3}
        resizeOrientation="vertical"
        help={others(expected)}
      />
      <div>
        <Button type="submit" variant="secondary" size="sm" isAriaDisabled={busy}>
          Correct the expected answer
        </Button>
      </div>
    </Form>
  );
}

/** Returns the expectations of a row with another text; what else it expects stays. */
function withText({ label, rubric, toolCalls, answers, passages }: Expected, text: string): NewExpected {
  const expected = {
    ...(label != null && { label: text }),
    ...(label == null && answers == null && { references: [text] }),
    ...(rubric != null && { rubric }),
    ...(toolCalls.length > 0 && { toolCalls }),
    ...(answers != null && { answers: [text] }),
    ...(passages.length > 0 && { passages }),
  };
  return expected as NewExpected;
}

function others({ references, answers }: Expected): string | undefined {
  const more = (answers ?? references).length - 1;
  return more > 0 ? `It takes the place of all ${more + 1} expected answers.` : undefined;
}
