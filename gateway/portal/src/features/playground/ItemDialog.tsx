import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ItemChoice } from './ItemChoice';
import { datasetChoices, versionChoices } from '@/shared/data/splits';
import { FormDialog } from '@/shared/form/FormDialog';
import { ChoiceField } from '@/shared/form/fields';
import { requiredText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { itemQuery, type Item } from '@/shared/items/items';

const schema = z.object({
  dataset: requiredText('Choose a dataset.'),
  version: requiredText('Choose a version.'),
  itemId: requiredText('Choose an item.'),
});

interface ItemDialogProps {
  onItem: (item: Item, reference: string) => void;
  onClose: () => void;
}

/** The dialog that copies the messages and tools of an item into the conversation. */
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
      description={
        'The messages and tools of the item replace those of the conversation. The list shows personal data ' +
        'masked, but the item is taken as it is stored. The ledger records that you read it.'
      }
      variant="medium"
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
        onChosen={() => {
          set('version', '');
          set('itemId', '');
        }}
        choices={(datasets.data?.items ?? []).map(({ name }) => ({ value: name, label: name }))}
      />
      <ChoiceField
        id="item-version"
        control={control}
        name="version"
        label="Version"
        isRequired
        placeholder="Choose a version"
        onChosen={() => set('itemId', '')}
        choices={ready.map(({ version }) => ({ value: String(version), label: `v${version}` }))}
      />
      {values.version !== '' && (
        <ItemChoice
          key={`${values.dataset}/${values.version}`}
          dataset={values.dataset}
          version={Number(values.version)}
          chosen={values.itemId}
          onChosen={(itemId) => set('itemId', itemId)}
        />
      )}
    </FormDialog>
  );
}
