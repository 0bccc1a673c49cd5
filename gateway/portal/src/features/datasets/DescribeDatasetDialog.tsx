import { TextArea } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { describe, type Dataset } from './datasets';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { useDraft } from '@/shared/session/draft';
import { Field, TextField } from '@/shared/ui/Field';
import { FormDialog } from '@/shared/ui/FormDialog';

export function DescribeDatasetDialog({
  dataset,
  onClose,
}: {
  dataset: Dataset & { etag: string };
  onClose: () => void;
}): ReactNode {
  const { name, etag, description, licence, legalBasis } = dataset;
  const queries = useQueryClient();
  const { value, change, forget } = useDraft(`dataset.describe.${name}`, { description, licence, legalBasis });
  const describing = useMutation({
    mutationFn: () => describe(name, etag, value),
    onSuccess: async () => {
      forget();
      await queries.invalidateQueries({ queryKey: ['datasets'] });
      onClose();
    },
    // Somebody else changed it meanwhile: read again, so that the next try builds on that.
    onError: () => queries.invalidateQueries({ queryKey: ['datasets', 'one', name], exact: true }),
  });
  const errorAt = fieldErrors(describing.error);
  return (
    <FormDialog
      title={`Describe ${name}`}
      description="Licence and legal basis count for all versions from now on; admissions already given stay as they are."
      action="Save"
      pending={describing.isPending}
      error={describing.error}
      onSubmit={() => describing.mutate()}
      onClose={onClose}
    >
      <Field id="describe-description" label="Description" error={errorAt('/description')}>
        <TextArea
          id="describe-description"
          value={value.description}
          rows={3}
          autoFocus
          onChange={(_event, next) => change({ ...value, description: next })}
        />
      </Field>
      <TextField
        id="describe-licence"
        label="Licence"
        value={value.licence}
        error={errorAt('/licence')}
        onChange={(next) => change({ ...value, licence: next })}
      />
      <TextField
        id="describe-basis"
        label="Legal basis"
        value={value.legalBasis}
        error={errorAt('/legalBasis')}
        onChange={(next) => change({ ...value, legalBasis: next })}
      />
    </FormDialog>
  );
}
