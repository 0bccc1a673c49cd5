import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { listedModelQuery, listModel, updateModel, type TaggedModel } from './prices';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { requiredText, trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { FormDialog } from '@/shared/form/FormDialog';
import { Problem } from '@/shared/http/problem';
import { Placeholder } from '@/shared/ui/Loaded';

interface ListedModelDialogProps {
  provider: string;
  /** The full name of the model; empty for a model that is not listed yet. */
  name: string;
  isListed: boolean;
  onClose: () => void;
}

/** The dialog for a model's entry in the catalogue. It reads the entry before a change, or creates one. */
export function ListedModelDialog({ isListed, ...rest }: ListedModelDialogProps): ReactNode {
  const { name, onClose } = rest;
  const { data, isPending, error, refetch } = useQuery({ ...listedModelQuery(name), enabled: isListed });
  if (!isListed || data !== undefined) return <EntryDialog {...rest} entry={data} />;
  return (
    <FormDialog
      title={`Prices of ${name}`}
      action="Try again"
      form={{ pending: isPending, error, submit: () => void refetch() }}
      onClose={onClose}
    >
      {isPending && <Placeholder what="the entry of the catalogue" />}
    </FormDialog>
  );
}

const amount = 'Enter an amount with a decimal point, such as 0.15. Enter 0 if it is free.';
const first = z.regex(/^(\d+(\.\d+)?)?$/, amount);
const changed = z.regex(/^\d+(\.\d+)?$/, amount);

/**
 * Returns the schema of the form. A price can be changed but not removed; a model without prices may be listed, and
 * may get them later.
 */
const schemaFor = (entry: TaggedModel | undefined) =>
  z.object({
    model: requiredText('Enter the name of the model.'),
    kind: z.string(),
    currency: trimmedText().check(z.regex(/^[A-Z]{3}$/, 'Use a currency of three letters, such as USD.')),
    inputPerMillion: trimmedText().check(entry?.inputPerMillion == null ? first : changed),
    cachedInputPerMillion: trimmedText().check(
      entry?.cachedInputPerMillion == null
        ? first
        : z.regex(/^\d+(\.\d+)?$/, 'Cached input has its own price, which stays until you enter another.'),
    ),
    outputPerMillion: trimmedText().check(entry?.outputPerMillion == null ? first : changed),
    priceReason: trimmedText(),
    contextWindow: trimmedText().check(z.regex(/^\d+$/, 'Enter a number of tokens.')),
    licence: requiredText('Name the licence or the terms of use.'),
  });

type Entry = Omit<ListedModelDialogProps, 'isListed'> & { entry: TaggedModel | undefined };

function EntryDialog({ provider, name, entry, onClose }: Entry): ReactNode {
  const queries = useQueryClient();
  const form = useCommandForm({
    schema: schemaFor(entry),
    initial: {
      model: name.slice(provider.length + 1),
      kind: entry?.kind ?? 'CHAT',
      currency: entry?.inputPerMillion?.currency ?? 'USD',
      inputPerMillion: entry?.inputPerMillion?.amount ?? '',
      cachedInputPerMillion: entry?.cachedInputPerMillion?.amount ?? '',
      outputPerMillion: entry?.outputPerMillion?.amount ?? '',
      priceReason: '',
      contextWindow: entry === undefined ? '' : String(entry.contextWindow),
      licence: entry?.licence ?? '',
    },
    command: ({
      model,
      kind,
      currency,
      inputPerMillion,
      cachedInputPerMillion,
      outputPerMillion,
      priceReason,
      ...more
    }) => ({
      name: `${provider}/${model}`,
      kind: kind as 'CHAT' | 'EMBEDDING',
      listed: {
        ...(inputPerMillion !== '' && { inputPerMillion: { amount: inputPerMillion, currency } }),
        ...(cachedInputPerMillion !== '' && {
          cachedInputPerMillion: { amount: cachedInputPerMillion, currency },
        }),
        ...(outputPerMillion !== '' && { outputPerMillion: { amount: outputPerMillion, currency } }),
        ...(priceReason !== '' && { priceReason }),
        contextWindow: Number(more.contextWindow),
        licence: more.licence,
      },
    }),
    send: ({ name: fullName, kind, listed }, key) =>
      entry === undefined
        ? listModel({ name: fullName, kind, ...listed }, key)
        : updateModel(fullName, entry.etag, listed),
    pointers: { '/name': 'model' },
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['base-models'] });
      onClose();
    },
    // Somebody else changed the entry meanwhile. Reload it, so that the next attempt starts from that change.
    onRefused: () => queries.invalidateQueries({ queryKey: ['base-models', 'one', name] }),
  });
  const { control, error } = form;
  const isStale = error != null && Problem.of(error).status === 412;
  const isPriced = entry?.cachedInputPerMillion != null;
  const price = { control, inputMode: 'decimal' as const };
  return (
    <FormDialog
      title={entry === undefined ? 'List a model' : `Prices of ${name}`}
      description={
        'Prices are per million tokens. They apply once another person has approved them; ' +
        'until then the former ones do.'
      }
      action={entry === undefined ? 'List' : 'Save'}
      form={form}
      remedy={isStale && <p>Somebody else saved a change meanwhile. Save again to overwrite it with yours.</p>}
      onClose={onClose}
    >
      {entry === undefined && (
        <>
          <TextField
            id="listed-model"
            control={control}
            name="model"
            label="Model"
            isRequired
            help={`The name that the provider uses. Calls name it ${provider}/model.`}
          />
          <ChoiceField
            id="listed-kind"
            control={control}
            name="kind"
            label="Kind"
            isRequired
            choices={[
              { value: 'CHAT', label: 'Chat' },
              { value: 'EMBEDDING', label: 'Embedding' },
            ]}
          />
        </>
      )}
      <TextField
        id="listed-currency"
        control={control}
        name="currency"
        label="Currency"
        isRequired
        help="The ISO 4217 code of the currency for all prices of the model."
      />
      <TextField {...price} id="listed-input" name="inputPerMillion" label="Input" />
      <TextField
        {...price}
        id="listed-cached"
        name="cachedInputPerMillion"
        label="Cached input"
        help={`The price of input that the provider had cached.${isPriced ? '' : ' Empty: same as other input.'}`}
      />
      <TextField {...price} id="listed-output" name="outputPerMillion" label="Output" />
      <TextField
        id="listed-reason"
        control={control}
        name="priceReason"
        label="Reason"
        help="Where the prices come from, for the person who approves them."
      />
      <TextField
        id="listed-window"
        control={control}
        name="contextWindow"
        label="Context window"
        isRequired
        inputMode="numeric"
        help="The maximum of tokens in a call, including its answer. Longer calls of variants are refused or trimmed."
      />
      <TextField id="listed-licence" control={control} name="licence" label="Licence or terms" isRequired />
    </FormDialog>
  );
}
