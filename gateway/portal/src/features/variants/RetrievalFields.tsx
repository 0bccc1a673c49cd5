import type { ReactNode } from 'react';
import type { Control } from 'react-hook-form';
import { passageOrders, retrievalFields, retrievalQueries, type VariantValues } from './parameters';
import type { IndexMode } from '@/shared/data/indexes';
import { ChoiceField, TextField } from '@/shared/form/fields';

interface RetrievalFieldsProps<Parsed> {
  control: Control<VariantValues, unknown, Parsed>;
  mode: IndexMode;
}

/** What is retrieved of the index for a call, for which of its messages, and in which order. */
export function RetrievalFields<Parsed>({ control, mode }: RetrievalFieldsProps<Parsed>): ReactNode {
  const { name, label, help } = retrievalFields[mode];
  return (
    <>
      <TextField
        id={`parameter-${name}`}
        control={control}
        name={`parameters.${name}`}
        label={label}
        type="number"
        help={help}
      />
      {mode === 'PASSAGES' && (
        <>
          <ChoiceField
            id="variant-retrieval-query"
            control={control}
            name="parameters.retrievalQuery"
            label="Searched for"
            choices={retrievalQueries}
            help="A question about what was said before finds more with the conversation; any other finds less."
          />
          <ChoiceField
            id="variant-reranking"
            control={control}
            name="parameters.reranking"
            label="Order of passages"
            choices={passageOrders}
            help="Reranking by sentence finds the answer more often, but every call waits for all 20 passages."
          />
        </>
      )}
    </>
  );
}
