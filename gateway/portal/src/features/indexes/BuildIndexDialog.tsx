import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useController } from 'react-hook-form';
import { createIndex, encodersQuery, type NewIndex } from './indexes';
import { useSplitChoice } from '@/shared/data/splits';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { requiredNumber, trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { count } from '@/shared/text/format';
import { FormDialog } from '@/shared/form/FormDialog';
import { SplitFields } from '@/shared/form/SplitFields';

/** Only rows of the training subset: test items must not be found among the examples. */
const subset = 'train';

const schema = z.object({
  split: z.string(),
  name: trimmedText(),
  encoder: z.string(),
  maxTokens: requiredNumber('Tokens per row must be a number from 3 to 512.'),
});

interface BuildIndexDialogProps {
  /** The split to start from, as shared/data/splits writes it. */
  from: string;
  onClose: () => void;
}

export function BuildIndexDialog({ from, onClose }: BuildIndexDialogProps): ReactNode {
  const queries = useQueryClient();
  const encoders = useQuery(encodersQuery);
  const usual = encoders.data?.find((name) => name.includes('bge')) ?? encoders.data?.[0] ?? '';
  const form = useCommandForm({
    draft: 'index.build',
    undrafted: ['split'],
    schema,
    initial: { split: from, name: '', encoder: '', maxTokens: '128' },
    command: ({ name, encoder, maxTokens }): NewIndex => ({
      name: name || choice.dataset,
      splitDigest: choice.split?.splitDigest ?? '',
      subset,
      encoder: encoder || usual,
      maxTokens,
    }),
    send: createIndex,
    pointers: { '/splitDigest': 'split' },
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['indexes'] });
      onClose();
    },
  });
  const { control, values } = form;
  const { field, fieldState } = useController({ control, name: 'split' });
  const choice = useSplitChoice(values.split, 'INDEX');
  const rows = choice.split?.subsets[subset]?.rows;
  return (
    <FormDialog
      title="Build an index"
      description={
        'Finds the training rows most similar to an input, by words and by meaning; a variant adds them to the ' +
        'prompt as examples.'
      }
      action={rows === undefined ? 'Build' : `Build from ${count(rows)} rows`}
      form={form}
      blocked={
        choice.split === undefined
          ? 'Choose a split.'
          : rows === undefined
            ? 'The split has no subset named train.'
            : form.blocked
      }
      onClose={onClose}
    >
      <SplitFields
        id="index"
        choice={choice}
        purpose="INDEX"
        error={fieldState.error?.message}
        onChange={field.onChange}
      />
      <TextField
        id="index-name"
        control={control}
        name="name"
        label="Name"
        placeholder={choice.dataset}
        help="Empty: the name of the dataset."
      />
      <ChoiceField
        id="index-encoder"
        control={control}
        name="encoder"
        label="Encoder"
        fallback={usual}
        choices={(encoders.data ?? []).map((name) => ({ value: name, label: name }))}
        error={encoders.error?.message}
        help="Turns each row into a vector; runs on this installation."
      />
      <TextField
        id="index-tokens"
        control={control}
        name="maxTokens"
        label="Tokens per row"
        inputMode="numeric"
        help="How much of each row is embedded, from 3 to 512; more takes longer."
      />
    </FormDialog>
  );
}
