import { FormSelect, FormSelectOption, TextArea } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { createDataset, type NewDataset } from './datasets';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { useDraft } from '@/shared/session/draft';
import { Field, TextField } from '@/shared/ui/Field';
import { FormDialog } from '@/shared/ui/FormDialog';

const empty = {
  name: '',
  kind: 'CLASSIFICATION' as NewDataset['kind'],
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
  const { value, change, forget } = useDraft('dataset.create', empty);
  const dataset = asCommand(value);
  const key = useIdempotencyKey(dataset);
  const creating = useMutation({
    mutationFn: () => createDataset(dataset, key),
    onSuccess: async () => {
      forget();
      await queries.invalidateQueries({ queryKey: ['datasets', 'list'] });
      await navigate({ to: '/datasets/$name', params: { name: dataset.name } });
    },
  });
  const errorAt = fieldErrors(creating.error);
  const text = (field: Exclude<keyof typeof empty, 'kind'>) => ({
    id: `dataset-${field}`,
    value: value[field],
    error: errorAt(`/${field}`),
    onChange: (next: string) => change({ ...value, [field]: next }),
  });
  const labelled = value.kind === 'CLASSIFICATION';
  return (
    <FormDialog
      title="New dataset"
      description="Says once what the rows are and under which right they are used. The rows follow as versions, which never change."
      action="Create and upload rows"
      variant="medium"
      pending={creating.isPending}
      blocked={
        dataset.name === ''
          ? 'Give it a name.'
          : dataset.textColumn === '' || (labelled && dataset.labelColumn === '')
            ? 'Name its columns.'
            : undefined
      }
      error={creating.error}
      onSubmit={() => creating.mutate()}
      onClose={onClose}
    >
      <TextField {...text('name')} label="Name" isRequired autoFocus help="Lower case with hyphens: support-tickets" />
      <Field
        id="dataset-kind"
        label="Kind"
        help={
          labelled
            ? 'Texts with a label each: to evaluate, to retrieve examples from, to train on.'
            : 'Texts without labels: to retrieve from.'
        }
      >
        <FormSelect
          id="dataset-kind"
          value={value.kind}
          aria-describedby="dataset-kind-help"
          onChange={(_event, kind) => change({ ...value, kind: kind as NewDataset['kind'] })}
        >
          <FormSelectOption value="CLASSIFICATION" label="Classification" />
          <FormSelectOption value="CORPUS" label="Corpus" />
        </FormSelect>
      </Field>
      <Field id="dataset-description" label="Description" error={errorAt('/description')}>
        <TextArea
          id="dataset-description"
          value={value.description}
          rows={2}
          onChange={(_event, description) => change({ ...value, description })}
        />
      </Field>
      <TextField
        {...text('licence')}
        label="Licence"
        help="Under which the rows may be used, such as CC0-1.0 or proprietary. Without one no version is admitted."
      />
      <TextField
        {...text('legalBasis')}
        label="Legal basis"
        help="On which personal data in it is processed, such as consent or contract. Without one no version that holds personal data is admitted."
      />
      <TextField
        {...text('textColumn')}
        label="Text column"
        isRequired
        help="The CSV column, or the member of each JSON line, that holds the text."
      />
      {labelled && (
        <>
          <TextField
            {...text('labelColumn')}
            label="Label column"
            isRequired
            help="The column or member that holds the right answer."
          />
          <TextField
            {...text('labels')}
            label="Labels"
            help="Separated by commas; rows with another label are then refused. Empty: whatever labels the rows have."
          />
        </>
      )}
    </FormDialog>
  );
}

function asCommand({
  name,
  kind,
  description,
  licence,
  legalBasis,
  textColumn,
  labelColumn,
  labels,
}: typeof empty): NewDataset {
  const declared = labels
    .split(',')
    .map((label) => label.trim())
    .filter(Boolean);
  return {
    name: name.trim(),
    kind,
    description: description.trim(),
    licence: licence.trim(),
    legalBasis: legalBasis.trim(),
    textColumn: textColumn.trim(),
    ...(kind === 'CLASSIFICATION' && {
      labelColumn: labelColumn.trim(),
      ...(declared.length > 0 && { labels: declared }),
    }),
  };
}
