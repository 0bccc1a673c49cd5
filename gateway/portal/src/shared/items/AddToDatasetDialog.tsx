import { Button } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { addDraftItem, draftKey, type Candidate, type NewDraftItem } from './draft';
import { ItemContent } from './ItemContent';
import { isText, type Item } from './items';
import { datasetChoices } from '@/shared/data/splits';
import { FormDialog } from '@/shared/form/FormDialog';
import { CheckboxField, ChoiceField, TextAreaField, TextField } from '@/shared/form/fields';
import { requiredText, trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { objectIn } from '@/shared/text/json';
import { Person } from '@/shared/ui/Person';

const schema = z.object({
  dataset: requiredText('Choose a dataset.'),
  label: trimmedText(),
  answer: trimmedText(),
  calls: z.boolean(),
});

interface AddToDatasetDialogProps {
  candidate: Candidate;
  /** A note about the parts of the request that the item lacks. */
  note: string | undefined;
  onAdded: (dataset: string) => void;
  onClose: () => void;
}

/** The dialog that adds a conversation to the draft of a dataset, with the expected answer. */
export function AddToDatasetDialog({ candidate, note, onAdded, onClose }: AddToDatasetDialogProps): ReactNode {
  const queries = useQueryClient();
  const datasets = useQuery(datasetChoices);
  const fitting = (datasets.data?.items ?? []).filter(
    ({ kind }) => kind === 'CHAT' || (kind === 'CLASSIFICATION' && isText(candidate.messages)),
  );
  const named = (name: string) => fitting.find((one) => one.name === name);
  const correction = candidate.correction?.text.trim() ?? '';
  const form = useCommandForm({
    schema,
    initial: { dataset: '', label: '', answer: correction || candidate.answer, calls: candidate.calls.length > 0 },
    command: (values) => values,
    send: ({ dataset, ...expected }, key) =>
      addDraftItem(dataset, itemOf(candidate, named(dataset)?.kind ?? 'CHAT', expected), key),
    onSent: async (_item, { dataset }) => {
      await queries.invalidateQueries({ queryKey: draftKey(dataset) });
      onAdded(dataset);
    },
    pointers: { '/expected/label': 'label' },
  });
  const { control, values, set } = form;
  const chosen = named(values.dataset);
  return (
    <FormDialog
      title="Add to a dataset"
      description={
        'The item is added to the draft of the dataset, which a data steward makes into a version. Its ' +
        'source is stored with it.'
      }
      action="Add to the draft"
      variant="medium"
      form={form}
      onClose={onClose}
    >
      <ChoiceField
        id="add-dataset"
        control={control}
        name="dataset"
        label="Dataset"
        isRequired
        placeholder="Choose a dataset"
        help={isText(candidate.messages) ? undefined : 'Only datasets of conversations can hold this.'}
        choices={fitting.map(({ name }) => ({ value: name, label: name }))}
        onChosen={(name) => set('label', named(name)?.labels.includes(correction) === true ? correction : '')}
      />
      {chosen !== undefined && (
        <p>
          Licence: {chosen.licence || 'none given'} · legal basis: {chosen.legalBasis || 'none given'}. Both apply to
          what you add.
        </p>
      )}
      {chosen !== undefined && candidate.correction !== undefined && (
        <FromCorrection
          caller={candidate.correction.caller}
          taken={(chosen.kind === 'CHAT' ? values.answer : values.label) === correction}
          onTakeOut={() => (chosen.kind === 'CHAT' ? set('answer', candidate.answer) : set('label', ''))}
        />
      )}
      {chosen?.kind === 'CLASSIFICATION' &&
        (chosen.labels.length > 0 ? (
          <ChoiceField
            id="add-label"
            control={control}
            name="label"
            label="Expected label"
            isRequired
            placeholder="Choose a label"
            choices={chosen.labels.map((label) => ({ value: label, label }))}
          />
        ) : (
          <TextField id="add-label" control={control} name="label" label="Expected label" isRequired />
        ))}
      {chosen?.kind === 'CHAT' && (
        <>
          <TextAreaField
            id="add-answer"
            control={control}
            name="answer"
            label="Expected answer"
            rows={4}
            resizeOrientation="vertical"
            help="A good answer to compare with. Without one, scorers judge the answer on its own."
          />
          {candidate.calls.length > 0 && (
            <CheckboxField
              id="add-calls"
              control={control}
              name="calls"
              label={`Expect the calls of ${candidate.calls.map(({ name }) => name).join(', ')}`}
            />
          )}
        </>
      )}
      <section aria-label="Input" className="pl-stack">
        {note !== undefined && <p>{note}</p>}
        <ItemContent item={previewOf(candidate)} />
      </section>
    </FormDialog>
  );
}

interface FromCorrectionProps {
  caller: string;
  /** True if the form expects the correction. */
  taken: boolean;
  onTakeOut: () => void;
}

/** A warning that the expected answer or label comes from feedback, which anybody with a key can send. */
function FromCorrection({ caller, taken, onTakeOut }: FromCorrectionProps): ReactNode {
  if (!taken)
    return (
      <p>
        <Person actor={caller} /> sent a correction of this answer; the item does not use it.
      </p>
    );
  return (
    <p>
      The item expects the correction that <Person actor={caller} /> sent as feedback. Check it: anybody who may call
      the application can send one.{' '}
      <Button variant="link" isInline onClick={onTakeOut}>
        Remove the correction
      </Button>
    </p>
  );
}

function previewOf({ messages, tools, variables }: Candidate): Item {
  return {
    itemId: '',
    input: {
      messages: messages as unknown as Item['input']['messages'],
      tools: tools as Item['input']['tools'],
      variables: variables as Item['input']['variables'],
    },
    expected: { references: [], toolCalls: [], passages: [] },
    metadata: {},
  };
}

interface Expected {
  label: string;
  answer: string;
  calls: boolean;
}

function itemOf(candidate: Candidate, kind: string, { label, answer, calls }: Expected): NewDraftItem {
  const expected =
    kind === 'CHAT'
      ? {
          ...(answer !== '' && { references: [answer] }),
          // A model can write anything as arguments.
          ...(calls && {
            toolCalls: candidate.calls.map(({ name, args }) => ({ name, arguments: objectIn(args) ?? {} })),
          }),
        }
      : { ...(kind === 'CLASSIFICATION' && label !== '' && { label }) };
  return {
    messages: candidate.messages as unknown as NewDraftItem['messages'],
    ...(Object.keys(candidate.variables).length > 0 && {
      variables: candidate.variables as NonNullable<NewDraftItem['variables']>,
    }),
    ...(candidate.tools.length > 0 && { tools: candidate.tools as NonNullable<NewDraftItem['tools']> }),
    expected,
    source: candidate.source,
  };
}
