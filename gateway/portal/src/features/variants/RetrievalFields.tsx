import type { ReactNode } from 'react';
import type { Control } from 'react-hook-form';
import { passageOrders, retrievalFields, retrievalQueries, type VariantValues } from './parameters';
import type { IndexMode } from '@/shared/data/indexes';
import { ChoiceField, TextField } from '@/shared/form/fields';

interface RetrievalFieldsProps<Parsed> {
  control: Control<VariantValues, unknown, Parsed>;
  mode: IndexMode;
}

/** The fields for retrieval: the number of results, the messages to search for, and the order of passages. */
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
            help="Follow-up questions find more with the conversation. Other questions find less."
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
