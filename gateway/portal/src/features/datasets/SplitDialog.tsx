import { FormGroup } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { split, type DatasetVersion } from './datasets';
import { defaultSplit, definitionOf, rowsTaken, shareOf, splitSchema } from './splitDraft';
import { CheckboxField, TextField } from '@/shared/form/fields';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { count } from '@/shared/text/format';
import { FormDialog } from '@/shared/form/FormDialog';

interface SplitDialogProps {
  version: DatasetVersion;
  onClose: () => void;
}

export function SplitDialog({ version: { dataset, version, rows, report }, onClose }: SplitDialogProps): ReactNode {
  const queries = useQueryClient();
  const labelled = report?.labels != null;
  const form = useCommandForm({
    draft: `split.${dataset}.${version}`,
    schema: splitSchema,
    initial: defaultSplit,
    command: (parsed) => definitionOf(parsed, labelled),
    send: (definition, key) => split(dataset, version, definition, key),
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['datasets', 'one', dataset] });
      onClose();
    },
  });
  const { control, values } = form;
  const taken = rowsTaken(values, rows, report);
  const subset = (name: 'train' | 'validation' | 'test', label: string, help: string) => (
    <TextField
      id={`split-${name}`}
      control={control}
      name={`subsets.${name}`}
      label={label}
      inputMode="decimal"
      autoFocus={name === 'train'}
      help={`${help}; about ${count(Math.round(shareOf(values.subsets[name]) * taken))} rows`}
    />
  );
  return (
    <FormDialog
      title="New split"
      description="The same rows, settings and seed always give the same split."
      action="Split"
      form={form}
      onClose={onClose}
    >
      <CheckboxField
        id="split-given"
        control={control}
        name="given"
        label="Keep the subsets that the rows were uploaded with, in their column or field subset"
      />
      {!values.given && (
        <>
          {subset('train', 'Training, percent', 'For indexes, examples and training')}
          {subset('validation', 'Validation, percent', 'For choosing settings during training')}
          {subset('test', 'Test, percent', 'Kept for evaluation')}
        </>
      )}
      <FormGroup role="group" aria-label="How rows are chosen">
        <CheckboxField
          id="split-stratify"
          control={control}
          name="stratify"
          label="Stratify: each subset has the labels in the same proportions"
          isDisabled={!labelled || values.given}
        />
        <CheckboxField
          id="split-duplicates"
          control={control}
          name="dropDuplicates"
          label="Drop duplicates: keep the first of exact and near duplicates, and all rows that were assigned to test"
        />
      </FormGroup>
      <TextField
        id="split-most"
        control={control}
        name="maxRows"
        label="Maximum rows"
        inputMode="numeric"
        help="Empty: all rows. A sample makes experiments faster."
      />
      <TextField
        id="split-seed"
        control={control}
        name="seed"
        label="Seed"
        inputMode="numeric"
        help="Another seed gives another sample."
      />
    </FormDialog>
  );
}
