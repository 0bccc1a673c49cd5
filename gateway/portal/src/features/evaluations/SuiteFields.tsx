import type { ReactNode } from 'react';
import { useController, useWatch, type Control } from 'react-hook-form';
import { perturbations, testable, type SuiteDraft } from './suiteDraft';
import { ScorerFields } from './ScorerFields';
import type { SplitChoice } from '@/shared/data/splits';
import { CheckboxField, Checklist, ChoiceField, TextField } from '@/shared/form/fields';
import { count } from '@/shared/text/format';
import { SplitFields } from '@/shared/form/SplitFields';

interface SuiteFieldsProps<Parsed> {
  control: Control<SuiteDraft, unknown, Parsed>;
  choice: SplitChoice;
  onSplit: (reference: string) => void;
}

/** The fields for the items of a new suite and the scorers of the answers. */
export function SuiteFields<Parsed>({ control, choice, onSplit }: SuiteFieldsProps<Parsed>): ReactNode {
  const subsets = testable(choice.split?.subsets);
  const perturbed = useWatch({ control, name: 'perturbed' });
  const [chosen, most] = useWatch({ control, name: ['subset', 'maxItems'] });
  const rows = (subsets.find(([name]) => name === chosen) ?? subsets[0])?.[1] ?? 0;
  const sample = Number(most) > 0 && Number(most) < rows;
  const { fieldState: split } = useController({ control, name: 'split' });
  const number = (field: 'maxItems' | 'perturbedItems' | 'seed', label: string, help: string) => (
    <TextField id={`suite-${field}`} control={control} name={field} label={label} type="number" help={help} />
  );
  return (
    <>
      <TextField id="suite-name" control={control} name="name" label="Name of the suite" isRequired />
      <SplitFields id="suite" choice={choice} purpose="EVALUATE" error={split.error?.message} onChange={onSplit} />
      {subsets.length > 0 && (
        <ChoiceField
          id="suite-subset"
          control={control}
          name="subset"
          label="Subset"
          isRequired
          fallback={subsets[0]?.[0]}
          choices={subsets.map(([name, rows]) => ({ value: name, label: `${name} · ${count(rows)} items` }))}
          help="Criteria and verdicts need test rows. Explore on validation rows, which use no verdict"
        />
      )}
      <ScorerFields control={control} />
      <CheckboxField
        id="suite-perturbed"
        control={control}
        name="perturbed"
        label="Measure consistency: whether a perturbed text gets the same label"
      />
      {perturbed && (
        <Checklist id="suite-kinds" control={control} name="kinds" label="Perturbations" choices={perturbations} />
      )}
      <div className="pl-grid">
        {number(
          'maxItems',
          'Maximum items',
          sample
            ? `${count(Number(most))} of ${count(rows)}, sampled: stratified by label`
            : 'If the subset has more, a stratified sample is drawn',
        )}
        {perturbed &&
          number('perturbedItems', 'Perturbed items', 'Items sent a second time, each with one perturbation')}
        {number('seed', 'Seed', 'The same seed draws the same items')}
      </div>
    </>
  );
}
