import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { describe, type Dataset } from './datasets';
import { TextAreaField, TextField } from '@/shared/form/fields';
import { z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { FormDialog } from '@/shared/form/FormDialog';

const schema = z.object({ description: z.string(), licence: z.string(), legalBasis: z.string() });

interface DescribeDatasetDialogProps {
  dataset: Dataset & { etag: string };
  onClose: () => void;
}

export function DescribeDatasetDialog({ dataset, onClose }: DescribeDatasetDialogProps): ReactNode {
  const { name, etag, description, licence, legalBasis } = dataset;
  const queries = useQueryClient();
  const form = useCommandForm({
    draft: `dataset.describe.${name}`,
    schema,
    initial: { description, licence, legalBasis },
    command: (values) => values,
    send: (values) => describe(name, etag, values),
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['datasets'] });
      onClose();
    },
    // Somebody else changed the dataset meanwhile. Reload it, so that the next attempt starts from that change.
    onRefused: () => queries.invalidateQueries({ queryKey: ['datasets', 'one', name], exact: true }),
  });
  const { control } = form;
  return (
    <FormDialog
      title={`Edit the details of ${name}`}
      description="Licence and legal basis apply to all versions from now on; admissions already given do not change."
      action="Save"
      form={form}
      onClose={onClose}
    >
      <TextAreaField
        id="describe-description"
        control={control}
        name="description"
        label="Description"
        rows={3}
        autoFocus
      />
      <TextField id="describe-licence" control={control} name="licence" label="Licence" />
      <TextField id="describe-basis" control={control} name="legalBasis" label="Legal basis" />
    </FormDialog>
  );
}
