import { Checkbox, FormGroup } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { split, type DatasetVersion } from './datasets';
import { asOrder, defaultSplit, rowsTaken, shareOf } from './splitDraft';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { useDraft } from '@/shared/session/draft';
import { count } from '@/shared/text/format';
import { TextField } from '@/shared/ui/Field';
import { FormDialog } from '@/shared/ui/FormDialog';

export function SplitDialog({
  version: { dataset, version, rows, report },
  onClose,
}: {
  version: DatasetVersion;
  onClose: () => void;
}): ReactNode {
  const queries = useQueryClient();
  const { value, change, forget } = useDraft(`split.${dataset}.${version}`, defaultSplit);
  const labelled = report?.labels != null;
  const { order, errors } = asOrder(value, labelled);
  const taken = rowsTaken(value, rows, report);
  const key = useIdempotencyKey(order);
  const ordering = useMutation({
    mutationFn: () => split(dataset, version, order, key),
    onSuccess: async () => {
      forget();
      await queries.invalidateQueries({ queryKey: ['datasets', 'one', dataset] });
      onClose();
    },
  });
  const refused = fieldErrors(ordering.error);
  const part = (name: 'train' | 'validation' | 'test', label: string, help: string) => (
    <TextField
      id={`split-${name}`}
      label={label}
      inputMode="decimal"
      autoFocus={name === 'train'}
      value={value[name]}
      error={errors[name] ?? refused(`/parts/${name}`)}
      help={`${help}; about ${count(Math.round(shareOf(value[name]) * taken))} rows`}
      onChange={(next) => change({ ...value, [name]: next })}
    />
  );
  return (
    <FormDialog
      title="New split"
      description="The same rows, settings and seed give the same split, here and anywhere."
      action="Split"
      pending={ordering.isPending}
      blocked={errors.parts ?? (Object.keys(errors).length > 0 ? 'Correct the marked fields.' : undefined)}
      error={ordering.error}
      onSubmit={() => ordering.mutate()}
      onClose={onClose}
    >
      {part('train', 'Training, percent', 'For indexes, examples and training')}
      {part('validation', 'Validation, percent', 'Chooses among settings while training')}
      {part('test', 'Test, percent', 'Kept for the evaluation that decides')}
      <FormGroup role="group" aria-label="How rows are chosen">
        <Checkbox
          id="split-stratify"
          label="Stratify: each part gets the labels in the same proportions"
          isDisabled={!labelled}
          isChecked={value.stratify && labelled}
          onChange={(_event, stratify) => change({ ...value, stratify })}
        />
        <Checkbox
          id="split-duplicates"
          label="Drop duplicates: of equal and nearly equal rows keep the first"
          isChecked={value.dropDuplicates}
          onChange={(_event, dropDuplicates) => change({ ...value, dropDuplicates })}
        />
      </FormGroup>
      <TextField
        id="split-most"
        label="Most rows"
        inputMode="numeric"
        value={value.maxRows}
        error={errors.maxRows ?? refused('/maxRows')}
        help="Empty: all. A sample saves time while you try things out."
        onChange={(maxRows) => change({ ...value, maxRows })}
      />
      <TextField
        id="split-seed"
        label="Seed"
        inputMode="numeric"
        value={value.seed}
        error={errors.seed ?? refused('/seed')}
        help="Another seed makes another draw."
        onChange={(seed) => change({ ...value, seed })}
      />
    </FormDialog>
  );
}
