import type { ReactNode } from 'react';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { anyOf, FilterForm } from '@/shared/form/FilterForm';
import { trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import type { ItemFilter } from './items';
import { words } from '@/shared/text/format';

const schema = z.object({
  subset: z.string(),
  label: z.string(),
  finding: z.string(),
  documentId: trimmedText(),
  text: trimmedText(),
});

interface ItemFiltersProps {
  filter: ItemFilter;
  subsets: string[];
  labels: string[];
  /** The kinds of findings in the report. */
  findings: string[];
  /** True if the items are documents. */
  ofDocuments: boolean;
  onFilter: (filter: ItemFilter) => void;
}

export function ItemFilters({ filter, subsets, labels, findings, ofDocuments, onFilter }: ItemFiltersProps): ReactNode {
  const form = useCommandForm({
    schema,
    initial: {
      subset: filter.subset ?? '',
      label: filter.label ?? '',
      finding: filter.finding ?? '',
      documentId: filter.documentId ?? '',
      text: filter.text ?? '',
    },
    command: (typed) => Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== '')) as ItemFilter,
    send: (typed) => Promise.resolve(typed),
    onSent: onFilter,
  });
  const { control } = form;
  return (
    <FilterForm
      form={form}
      help={
        'Subsets are those of the newest split. Text is searched as it is shown, so masked values cannot ' +
        'be found. For each kind of finding, the first 1,000 are known by item.'
      }
      onClear={() => onFilter({})}
    >
      {subsets.length > 0 && (
        <ChoiceField id="items-subset" control={control} name="subset" label="Subset" choices={anyOf(subsets)} />
      )}
      {labels.length > 0 && (
        <ChoiceField id="items-label" control={control} name="label" label="Label" choices={anyOf(labels)} />
      )}
      {findings.length > 0 && (
        <ChoiceField
          id="items-finding"
          control={control}
          name="finding"
          label="Finding"
          choices={anyOf(findings, words)}
        />
      )}
      {ofDocuments && <TextField id="items-document" control={control} name="documentId" label="Document" />}
      <TextField id="items-text" control={control} name="text" label="Text" />
    </FilterForm>
  );
}
