import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Control } from 'react-hook-form';
import { createDataset, type NewDataset } from './datasets';
import { FilePreview } from './files/FilePreview';
import { handOver } from './files/handed';
import type { Peek } from './files/peek';
import { ChoiceField, TextAreaField, TextField } from '@/shared/form/fields';
import { listOf, requiredText, trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { FormDialog } from '@/shared/form/FormDialog';

const columns = 'Name its columns.';
const schema = z
  .object({
    name: requiredText('Give it a name.'),
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
  CHAT: 'Conversations up to the wanted answer, with what is expected of it: for evaluation.',
  QUESTION_ANSWER: 'Questions to documents, with their answers and the passages that give them: for evaluation.',
  PREFERENCE: 'Conversations with a better and a worse answer: for preference fine-tuning, as JSON Lines.',
  DOCUMENTS: 'Documents that questions are answered from: for retrieval.',
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
  const [file, setFile] = useState<File>();
  const [seen, setSeen] = useState<Peek>();
  const form = useCommandForm({
    draft: 'dataset.create',
    schema,
    initial,
    command: asCommand,
    send: createDataset,
    onSent: async (_created, { name }) => {
      if (file !== undefined) handOver(name, file);
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
        'Describes what the rows are and on which basis they may be used. The rows follow as versions, which never ' +
        'change.'
      }
      action="Create and upload rows"
      variant="medium"
      form={form}
      onClose={onClose}
    >
      <FilePreview
        file={file}
        onFile={(chosen, found) => {
          setFile(chosen);
          setSeen(found);
          if (found === undefined) return;
          form.set('kind', found.kind);
          form.set('textColumn', found.textColumn ?? '');
          form.set('labelColumn', found.labelColumn ?? '');
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
        help="Under which the rows may be used, such as CC0-1.0 or proprietary. Without one no version is admitted."
      />
      <TextField
        id="dataset-legalBasis"
        control={control}
        name="legalBasis"
        label="Legal basis"
        help={
          'On which personal data is processed, such as consent or contract. Without one no version with personal ' +
          'data is admitted.'
        }
      />
      {labelled && (
        <>
          <ColumnField
            control={control}
            name="textColumn"
            label="Text column"
            help="The CSV column, or the member of each JSON line, that holds the text."
            columns={seen?.columns}
          />
          <ColumnField
            control={control}
            name="labelColumn"
            label="Label column"
            help="The column or member that holds the expected label."
            columns={seen?.columns}
          />
          <TextField
            id="dataset-labels"
            control={control}
            name="labels"
            label="Labels"
            help="Separated by commas; rows with any other label are refused. Empty: the labels that the rows have."
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
  /** Those of a file that was chosen. */
  columns: string[] | undefined;
}

/** The name of a column, chosen where a file shows which there are. */
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
