import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { datasetChoices, versionChoices } from '@/shared/data/splits';
import { FormDialog } from '@/shared/form/FormDialog';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { requiredText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { itemQuery, type Item } from '@/shared/items/items';

const schema = z.object({
  dataset: requiredText('Choose a dataset.'),
  version: requiredText('Choose a version.'),
  itemId: requiredText('Enter the id of an item.'),
});

interface ItemDialogProps {
  onItem: (item: Item, reference: string) => void;
  onClose: () => void;
}

/** Takes the messages of an item into the conversation. */
export function ItemDialog({ onItem, onClose }: ItemDialogProps): ReactNode {
  const queries = useQueryClient();
  const form = useCommandForm({
    schema,
    initial: { dataset: '', version: '', itemId: '' },
    command: (values) => values,
    send: ({ dataset, version, itemId }) => queries.fetchQuery(itemQuery(dataset, Number(version), itemId)),
    onSent: ({ item }, { dataset, version }) => onItem(item, `${dataset}/${version}/${item.itemId}`),
  });
  const { control, values, set } = form;
  const datasets = useQuery(datasetChoices);
  const versions = useQuery(versionChoices(values.dataset));
  const ready = versions.data?.items.filter(({ state }) => state === 'READY') ?? [];
  return (
    <FormDialog
      title="Take an item of a dataset"
      description="Its messages and tools replace those of the conversation."
      action="Take the item"
      form={form}
      onClose={onClose}
    >
      <ChoiceField
        id="item-dataset"
        control={control}
        name="dataset"
        label="Dataset"
        isRequired
        placeholder="Choose a dataset"
        onChosen={() => set('version', '')}
        choices={(datasets.data?.items ?? []).map(({ name }) => ({ value: name, label: name }))}
      />
      <ChoiceField
        id="item-version"
        control={control}
        name="version"
        label="Version"
        isRequired
        placeholder="Choose a version"
        choices={ready.map(({ version }) => ({ value: String(version), label: `v${version}` }))}
      />
      <TextField
        id="item-id"
        control={control}
        name="itemId"
        label="Item"
        isRequired
        help="Its id, as the answers of a run show it; a link there, and at the findings of a version, opens it."
      />
    </FormDialog>
  );
}
