import type { ReactNode } from 'react';
import { useController, useWatch, type Control } from 'react-hook-form';
import { evaluators, perturbations, testable, type SuiteDraft } from './suiteDraft';
import type { SplitChoice } from '@/shared/data/splits';
import { Checklist, ChoiceField, TextField } from '@/shared/form/fields';
import { count } from '@/shared/text/format';
import { SplitFields } from '@/shared/form/SplitFields';

interface SuiteFieldsProps<Parsed> {
  control: Control<SuiteDraft, unknown, Parsed>;
  choice: SplitChoice;
  onSplit: (reference: string) => void;
}

/** Which items a new suite holds, and what it measures of the answers. */
export function SuiteFields<Parsed>({ control, choice, onSplit }: SuiteFieldsProps<Parsed>): ReactNode {
  const subsets = testable(choice.split?.subsets);
  const consistency = useWatch({ control, name: 'evaluators' }).includes('consistency');
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
          choices={subsets.map(([name, rows]) => ({ value: name, label: `${name} · ${count(rows)} rows` }))}
          help="Criteria and verdicts need test; explore on validation, which costs no verdict"
        />
      )}
      <Checklist id="suite-evaluators" control={control} name="evaluators" label="Evaluators" choices={evaluators} />
      {consistency && (
        <Checklist id="suite-kinds" control={control} name="kinds" label="Perturbations" choices={perturbations} />
      )}
      <div className="pl-grid">
        {number('maxItems', 'Maximum items', 'A stratified sample if the subset has more')}
        {consistency && number('perturbedItems', 'Perturbed items', 'Sent once more, each perturbed in one way')}
        {number('seed', 'Seed', 'The same seed draws the same items')}
      </div>
    </>
  );
}
