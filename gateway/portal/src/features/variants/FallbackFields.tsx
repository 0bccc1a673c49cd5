import type { ReactNode } from 'react';
import type { Control } from 'react-hook-form';
import { canFail, chainOf, type VariantValues } from './parameters';
import type { Model } from '@/shared/models/modelChoices';
import { ChoiceField } from '@/shared/form/fields';

interface FallbackFieldsProps<Parsed> {
  control: Control<VariantValues, unknown, Parsed>;
  chosen: string[];
  models: Model[];
}

const names = ['fallback.0', 'fallback.1', 'fallback.2'] as const;

/** The fallback models, each called if the one before fails. A model of this installation can only be the last. */
export function FallbackFields<Parsed>({ control, chosen, models }: FallbackFieldsProps<Parsed>): ReactNode {
  const chain = chainOf(chosen, models);
  const ended = models.some((model) => model.id === chain.at(-1) && !canFail(model));
  return names
    .slice(0, chain.length + (ended ? 0 : 1))
    .map((name, place) => (
      <ChoiceField
        key={name}
        id={`variant-fallback-${place}`}
        control={control}
        name={name}
        label={place === 0 ? 'Fallback' : 'Then'}
        placeholder="None"
        choices={models
          .filter(({ id }) => !chain.slice(0, place).includes(id))
          .map(({ id }) => ({ value: id, label: id }))}
        help={
          place === 0
            ? 'Answers if the model cannot be reached, is overloaded, fails or times out. A call that a ' +
              'model refuses is not sent to another one.'
            : undefined
        }
      />
    ));
}
