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
  /** The whole name of the model; empty where it is still to be named. */
  name: string;
  isListed: boolean;
  onClose: () => void;
}

/** What the catalogue lists of a model: read before it is changed, written down where there is nothing yet. */
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

const amount = 'Enter an amount with a point, such as 0.15; 0 says that it costs nothing.';

/** A price of cached input that is listed can be changed, and not be taken away. */
const schemaFor = (entry: TaggedModel | undefined) =>
  z.object({
    model: requiredText('Enter the name of the model.'),
    kind: z.string(),
    currency: trimmedText().check(z.regex(/^[A-Z]{3}$/, 'Use a currency of three letters, such as USD.')),
    inputPerMillion: trimmedText().check(z.regex(/^\d+(\.\d+)?$/, amount)),
    cachedInputPerMillion: trimmedText().check(
      entry?.cachedInputPerMillion == null
        ? z.regex(/^(\d+(\.\d+)?)?$/, amount)
        : z.regex(/^\d+(\.\d+)?$/, 'It has a price of its own, which stays until you enter another.'),
    ),
    outputPerMillion: trimmedText().check(z.regex(/^\d+(\.\d+)?$/, amount)),
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
      currency: entry?.inputPerMillion.currency ?? 'USD',
      inputPerMillion: entry?.inputPerMillion.amount ?? '',
      cachedInputPerMillion: entry?.cachedInputPerMillion?.amount ?? '',
      outputPerMillion: entry?.outputPerMillion.amount ?? '',
      contextWindow: entry === undefined ? '' : String(entry.contextWindow),
      licence: entry?.licence ?? '',
    },
    command: ({ model, kind, currency, inputPerMillion, cachedInputPerMillion, outputPerMillion, ...typed }) => ({
      name: `${provider}/${model}`,
      kind: kind as 'CHAT' | 'EMBEDDING',
      listed: {
        inputPerMillion: { amount: inputPerMillion, currency },
        ...(cachedInputPerMillion !== '' && {
          cachedInputPerMillion: { amount: cachedInputPerMillion, currency },
        }),
        outputPerMillion: { amount: outputPerMillion, currency },
        contextWindow: Number(typed.contextWindow),
        licence: typed.licence,
      },
    }),
    send: ({ name: whole, kind, listed }, key) =>
      entry === undefined ? listModel({ name: whole, kind, ...listed }, key) : updateModel(whole, entry.etag, listed),
    pointers: { '/name': 'model' },
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['base-models'] });
      onClose();
    },
    // Somebody else changed it meanwhile: read again, so that the next attempt is on top of that.
    onRefused: () => queries.invalidateQueries({ queryKey: ['base-models', 'one', name] }),
  });
  const { control, error } = form;
  const isStale = error != null && Problem.of(error).status === 412;
  const isPriced = entry?.cachedInputPerMillion != null;
  const price = { control, inputMode: 'decimal' as const };
  return (
    <FormDialog
      title={entry === undefined ? 'List a model' : `Prices of ${name}`}
      description="In force for calls from now on; calls before keep their cost. Prices are of a million tokens."
      action={entry === undefined ? 'List' : 'Save'}
      form={form}
      remedy={isStale && <p>Another change was saved meanwhile. Save again to put yours in its place.</p>}
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
            help={`As the provider names it; calls name it ${provider}/model.`}
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
        help="Of all prices of the model, by its code (ISO 4217)."
      />
      <TextField {...price} id="listed-input" name="inputPerMillion" label="Input" isRequired />
      <TextField
        {...price}
        id="listed-cached"
        name="cachedInputPerMillion"
        label="Cached input"
        help={`Of input that the provider had cached.${isPriced ? '' : ' Empty: as other input.'}`}
      />
      <TextField {...price} id="listed-output" name="outputPerMillion" label="Output" isRequired />
      <TextField
        id="listed-window"
        control={control}
        name="contextWindow"
        label="Context window"
        isRequired
        inputMode="numeric"
        help="Tokens that a call may take, its answer included. Longer calls of variants are refused or trimmed."
      />
      <TextField id="listed-licence" control={control} name="licence" label="Licence or terms" isRequired />
    </FormDialog>
  );
}
