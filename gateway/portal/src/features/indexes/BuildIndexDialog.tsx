import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useController } from 'react-hook-form';
import { createIndex, encodersQuery, type NewIndex } from './indexes';
import type { Index } from '@/shared/data/indexes';
import { useSplitChoice } from '@/shared/data/splits';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { optionalNumber, requiredNumber, trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { count } from '@/shared/text/format';
import { FormDialog } from '@/shared/form/FormDialog';
import { SplitFields } from '@/shared/form/SplitFields';
import { inOneLine } from '@/shared/http/problem';

/**
 * The subsets to build from: all documents, or only training rows, because test items must not appear among the
 * examples.
 */
const subsets = ['documents', 'train'] as const;

const schema = z.object({
  split: z.string(),
  name: trimmedText(),
  encoder: z.string(),
  maxTokens: requiredNumber('Tokens per row must be a number from 3 to 512.'),
  chunking: z.object({
    maxTokens: optionalNumber('Tokens per passage must be a number from 64 to 500.'),
    overlapTokens: optionalNumber('The overlap must be a number of tokens.'),
  }),
});

interface BuildIndexDialogProps {
  /** The split to start from, as shared/data/splits formats it. */
  from: string;
  /** The index whose name and recipe the form starts from. */
  like?: Index;
  onClose: () => void;
}

export function BuildIndexDialog({ from, like, onClose }: BuildIndexDialogProps): ReactNode {
  const queries = useQueryClient();
  const encoders = useQuery(encodersQuery);
  const usual = encoders.data?.find((name) => name.includes('bge')) ?? encoders.data?.[0] ?? '';
  const form = useCommandForm({
    draft: ['index.build', like?.indexId].filter(Boolean).join('.'),
    undrafted: ['split'],
    schema,
    initial: {
      split: from,
      name: like?.name ?? '',
      encoder: like?.encoder ?? '',
      maxTokens: String(like?.maxTokens ?? 128),
      chunking: {
        maxTokens: String(like?.chunking?.maxTokens ?? ''),
        overlapTokens: String(like?.chunking?.overlapTokens ?? ''),
      },
    },
    command: ({ name, encoder, maxTokens, chunking }): NewIndex => ({
      name: name || choice.dataset,
      splitDigest: choice.split?.splitDigest ?? '',
      subset: subset ?? '',
      encoder: encoder || usual,
      ...(documents ? { chunking } : { maxTokens }),
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
  const subset = subsets.find((name) => choice.split?.subsets[name] !== undefined);
  const documents = subset === 'documents';
  const rows = subset && choice.split?.subsets[subset]?.rows;
  return (
    <FormDialog
      title="Build an index"
      description={
        'An index is searched by words and by meaning. From documents, a variant gets the passages that ' +
        'fit its question, and cites them. From training rows, it gets the most similar ones as examples ' +
        'in the prompt.'
      }
      action={rows === undefined ? 'Build' : `Build from ${count(rows)} ${documents ? 'documents' : 'rows'}`}
      form={form}
      blocked={
        choice.split === undefined
          ? 'Choose a split.'
          : rows === undefined
            ? 'The split has no subset named train or documents.'
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
        error={inOneLine(encoders.error)}
        help={
          `Turns each ${documents ? 'passage' : 'row'} into a vector. Encoders named local/ run on this ` +
          'installation. Any other is a model of a provider, which charges for building and for each ' +
          'search.'
        }
      />
      {documents ? (
        <>
          <TextField
            id="index-passage-tokens"
            control={control}
            name="chunking.maxTokens"
            label="Tokens per passage"
            type="number"
            placeholder="256"
            help={
              'The maximum, including title and headings: 64 to 500. Empty: 256. Short passages match more ' +
              'exactly, long ones give more context.'
            }
          />
          <TextField
            id="index-overlap"
            control={control}
            name="chunking.overlapTokens"
            label="Overlap"
            type="number"
            placeholder="32"
            help={
              'Tokens that a passage repeats from the previous one in its section, so that sentences keep ' +
              'their context. At most half of a passage. Empty: 32.'
            }
          />
        </>
      ) : (
        <TextField
          id="index-tokens"
          control={control}
          name="maxTokens"
          label="Tokens per row"
          inputMode="numeric"
          help="How much of each row is embedded, from 3 to 512. More takes longer."
        />
      )}
    </FormDialog>
  );
}
