import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Control } from 'react-hook-form';
import { createDataset, type NewDataset } from './datasets';
import { FilePreview, type ChosenFile } from './files/FilePreview';
import { keepChosenFile } from './files/chosenFiles';
import { ChoiceField, TextAreaField, TextField } from '@/shared/form/fields';
import { listOf, requiredText, trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { FormDialog } from '@/shared/form/FormDialog';

const columns = 'Choose the text column and the label column.';
const schema = z
  .object({
    name: requiredText('Enter a name.'),
    kind: z.enum(['CLASSIFICATION', 'CHAT', 'QUESTION_ANSWER', 'PREFERENCE', 'DOCUMENTS']),
    description: trimmedText(),
    licence: trimmedText(),
    legalBasis: trimmedText(),
    textColumn: trimmedText(),
    labelColumn: trimmedText(),
    labels: z.string(),
  })
  .check(
    z.refine(({ kind, textColumn }) => kind !== 'CLASSIFICATION' || textColumn !== '', {
      path: ['textColumn'],
      error: columns,
    }),
    z.refine(({ kind, labelColumn }) => kind !== 'CLASSIFICATION' || labelColumn !== '', {
      path: ['labelColumn'],
      error: columns,
    }),
  );

const helpOf: Record<z.input<typeof schema>['kind'], string> = {
  CLASSIFICATION: 'Texts with one label each: for evaluation, for retrieved examples and for training.',
  CHAT: 'Conversations, each with the expected answer: for evaluation.',
  QUESTION_ANSWER: 'Questions about documents, with the expected answers and their passages: for evaluation.',
  PREFERENCE: 'Conversations with a better and a worse answer: for preference fine-tuning, as JSON Lines.',
  DOCUMENTS: 'Documents that contain the answers to questions: for retrieval.',
};

const initial: z.input<typeof schema> = {
  name: '',
  kind: 'CLASSIFICATION',
  description: '',
  licence: '',
  legalBasis: '',
  textColumn: 'text',
  labelColumn: 'label',
  labels: '',
};

export function CreateDatasetDialog({ onClose }: { onClose: () => void }): ReactNode {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [chosen, choose] = useState<ChosenFile>();
  const form = useCommandForm({
    draft: 'dataset.create',
    schema,
    initial,
    command: asCommand,
    send: createDataset,
    onSent: async (_created, { name }) => {
      if (chosen !== undefined) keepChosenFile(name, chosen.file);
      await queries.invalidateQueries({ queryKey: ['datasets', 'list'] });
      await navigate({ to: '/datasets/$name', params: { name } });
    },
  });
  const { control } = form;
  const { kind } = form.values;
  const labelled = kind === 'CLASSIFICATION';
  return (
    <FormDialog
      title="New dataset"
      description={
        'Describe the rows and the basis on which they may be used. Each upload of rows becomes a version, which ' +
        'never changes.'
      }
      action="Create and upload rows"
      variant="medium"
      form={form}
      onClose={onClose}
    >
      <FilePreview
        chosen={chosen}
        onChosen={(next) => {
          choose(next);
          if (next?.seen === undefined) return;
          const { kind: guessed, textColumn, labelColumn } = next.seen;
          form.set('kind', guessed);
          form.set('textColumn', textColumn ?? '');
          form.set('labelColumn', labelColumn ?? '');
        }}
      />
      <TextField
        id="dataset-name"
        control={control}
        name="name"
        label="Name"
        isRequired
        autoFocus
        help="Lower case with hyphens: support-tickets"
      />
      <ChoiceField
        id="dataset-kind"
        control={control}
        name="kind"
        label="Kind"
        choices={[
          { value: 'CLASSIFICATION', label: 'Classification' },
          { value: 'CHAT', label: 'Chat' },
          { value: 'QUESTION_ANSWER', label: 'Questions and answers' },
          { value: 'PREFERENCE', label: 'Preferences' },
          { value: 'DOCUMENTS', label: 'Documents' },
        ]}
        help={helpOf[kind]}
      />
      <TextAreaField id="dataset-description" control={control} name="description" label="Description" rows={2} />
      <TextField
        id="dataset-licence"
        control={control}
        name="licence"
        label="Licence"
        help="The licence of the rows, such as CC0-1.0 or proprietary. Without one, no version is admitted."
      />
      <TextField
        id="dataset-legalBasis"
        control={control}
        name="legalBasis"
        label="Legal basis"
        help={
          'The basis for processing personal data, such as consent or contract. Without one, no version ' +
          'with personal data is admitted.'
        }
      />
      {labelled && (
        <>
          <ColumnField
            control={control}
            name="textColumn"
            label="Text column"
            help="The CSV column, or the field of each JSON line, that contains the text."
            columns={chosen?.seen?.columns}
          />
          <ColumnField
            control={control}
            name="labelColumn"
            label="Label column"
            help="The column or field that contains the expected label."
            columns={chosen?.seen?.columns}
          />
          <TextField
            id="dataset-labels"
            control={control}
            name="labels"
            label="Labels"
            help={
              'Separated by commas. Rows with any other label are refused. Empty: all labels in the rows are ' +
              'accepted.'
            }
          />
        </>
      )}
    </FormDialog>
  );
}

interface ColumnFieldProps<Parsed> {
  control: Control<z.input<typeof schema>, unknown, Parsed>;
  name: 'textColumn' | 'labelColumn';
  label: string;
  help: string;
  /** The columns of the chosen file. */
  columns: string[] | undefined;
}

/** The field for the name of a column. It offers the columns of a chosen file. */
function ColumnField<Parsed>({ name, columns = [], ...field }: ColumnFieldProps<Parsed>): ReactNode {
  const id = `dataset-${name}`;
  return columns.length === 0 ? (
    <TextField id={id} name={name} isRequired {...field} />
  ) : (
    <ChoiceField
      id={id}
      name={name}
      isRequired
      placeholder="Choose a column"
      choices={columns.map((column) => ({ value: column, label: column }))}
      {...field}
    />
  );
}

function asCommand({ kind, textColumn, labelColumn, labels, ...dataset }: z.output<typeof schema>): NewDataset {
  const declared = listOf(labels);
  return {
    ...dataset,
    kind,
    ...(kind === 'CLASSIFICATION' && { textColumn, labelColumn, ...(declared.length > 0 && { labels: declared }) }),
  };
}
