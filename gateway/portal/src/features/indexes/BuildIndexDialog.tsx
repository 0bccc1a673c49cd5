import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { build, encodersQuery } from './indexes';
import { useSplitChoice } from '@/shared/data/splits';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { useDraft } from '@/shared/session/draft';
import { count } from '@/shared/text/format';
import { TextField } from '@/shared/ui/Field';
import { FormDialog } from '@/shared/ui/FormDialog';
import { SelectField } from '@/shared/ui/SelectField';
import { SplitFields } from '@/shared/ui/SplitFields';

/** Only rows of the training part: what is measured must not be found among the examples. */
const part = 'train';

export function BuildIndexDialog({ from, onClose }: { from: string; onClose: () => void }): ReactNode {
  const queries = useQueryClient();
  const [reference, refer] = useState(from);
  const { value, change, forget } = useDraft('index.build', { name: '', encoder: '', maxTokens: '128' });
  const choice = useSplitChoice(reference, 'INDEX');
  const encoders = useQuery(encodersQuery);
  const index = {
    name: value.name.trim() || choice.dataset,
    splitDigest: choice.split?.splitDigest ?? '',
    part,
    encoder: value.encoder || (encoders.data?.find((name) => name.includes('bge')) ?? encoders.data?.[0] ?? ''),
    maxTokens: Number(value.maxTokens),
  };
  const key = useIdempotencyKey(index);
  const building = useMutation({
    mutationFn: () => build(index, key),
    onSuccess: async () => {
      forget();
      await queries.invalidateQueries({ queryKey: ['indexes'] });
      onClose();
    },
  });
  const errorAt = fieldErrors(building.error);
  const rows = choice.split?.parts[part]?.rows;
  return (
    <FormDialog
      title="Build an index"
      description="Finds the training rows most like an input, by words and by meaning; a variant puts them before the model as examples."
      action={rows === undefined ? 'Build' : `Build from ${count(rows)} rows`}
      pending={building.isPending}
      blocked={
        choice.split === undefined
          ? 'Choose a split.'
          : rows === undefined
            ? 'The split has no part named train.'
            : undefined
      }
      error={building.error}
      onSubmit={() => building.mutate()}
      onClose={onClose}
    >
      <SplitFields id="index" choice={choice} purpose="INDEX" error={errorAt('/splitDigest')} onChange={refer} />
      <TextField
        id="index-name"
        label="Name"
        value={value.name}
        placeholder={choice.dataset}
        error={errorAt('/name')}
        help="Empty: the name of the dataset."
        onChange={(name) => change({ ...value, name })}
      />
      <SelectField
        id="index-encoder"
        label="Encoder"
        value={index.encoder}
        choices={(encoders.data ?? []).map((name) => ({ value: name, label: name }))}
        error={errorAt('/encoder') ?? encoders.error?.message}
        help="Turns each row into a vector; runs on this installation."
        onChange={(encoder) => change({ ...value, encoder })}
      />
      <TextField
        id="index-tokens"
        label="Tokens a row"
        inputMode="numeric"
        value={value.maxTokens}
        error={errorAt('/maxTokens')}
        help="How much of each row is embedded, from 3 to 512; more takes longer."
        onChange={(maxTokens) => change({ ...value, maxTokens })}
      />
    </FormDialog>
  );
}
