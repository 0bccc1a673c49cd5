import { Checkbox, FormGroup } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { evaluators, perturbations, testable, type SuiteDraft } from './suiteDraft';
import type { SplitChoice } from '@/shared/data/splits';
import { count } from '@/shared/text/format';
import { TextField } from '@/shared/ui/Field';
import { SelectField } from '@/shared/ui/SelectField';
import { SplitFields } from '@/shared/ui/SplitFields';

interface SuiteFieldsProps {
  value: SuiteDraft;
  choice: SplitChoice;
  errorAt: (pointer: string) => string | undefined;
  onChange: (value: SuiteDraft) => void;
}

/** What a new suite asks, and what it measures of the answers. */
export function SuiteFields({ value, choice, errorAt, onChange }: SuiteFieldsProps): ReactNode {
  const parts = testable(choice.split?.parts);
  const consistency = value.evaluators.includes('consistency');
  const number = (field: 'maxItems' | 'perturbedItems' | 'seed', label: string, pointer: string, help: string) => (
    <TextField
      id={`suite-${field}`}
      label={label}
      type="number"
      value={value[field]}
      error={errorAt(pointer)}
      help={help}
      onChange={(typed) => onChange({ ...value, [field]: typed })}
    />
  );
  return (
    <>
      <TextField
        id="suite-name"
        label="Name of the suite"
        isRequired
        value={value.name}
        error={errorAt('/name')}
        onChange={(name) => onChange({ ...value, name })}
      />
      <SplitFields
        id="suite"
        choice={choice}
        purpose="EVALUATE"
        error={errorAt('/splitDigest')}
        onChange={(split) => onChange({ ...value, split, part: '' })}
      />
      {parts.length > 0 && (
        <SelectField
          id="suite-part"
          label="Part"
          isRequired
          value={value.part || (parts[0]?.[0] ?? '')}
          choices={parts.map(([name, rows]) => ({ value: name, label: `${name} · ${count(rows)} rows` }))}
          error={errorAt('/part')}
          help="Rows that no model was trained on"
          onChange={(part) => onChange({ ...value, part })}
        />
      )}
      <Choices
        label="Measures"
        id="suite-evaluators"
        choices={evaluators}
        value={value.evaluators}
        error={errorAt('/evaluators')}
        onChange={(next) => onChange({ ...value, evaluators: next })}
      />
      {consistency && (
        <Choices
          label="Changes in passing"
          id="suite-kinds"
          choices={perturbations}
          value={value.kinds}
          error={errorAt('/perturbations')}
          onChange={(kinds) => onChange({ ...value, kinds })}
        />
      )}
      <div className="pl-grid">
        {number('maxItems', 'Items at most', '/maxItems', 'A stratified sample if the part has more')}
        {consistency &&
          number('perturbedItems', 'Changed items', '/perturbations/items', 'Asked once more, each changed in one way')}
        {number('seed', 'Seed', '/seed', 'The same seed draws the same items')}
      </div>
    </>
  );
}

interface ChoicesProps<T extends string> {
  id: string;
  label: string;
  choices: { value: T; label: string }[];
  value: T[];
  error: string | undefined;
  onChange: (value: T[]) => void;
}

function Choices<T extends string>({ id, label, choices, value, error, onChange }: ChoicesProps<T>): ReactNode {
  return (
    <FormGroup role="group" isStack label={label} fieldId={id}>
      {choices.map((choice) => (
        <Checkbox
          key={choice.value}
          id={`${id}-${choice.value}`}
          label={choice.label}
          isChecked={value.includes(choice.value)}
          onChange={(_event, checked) =>
            onChange(checked ? [...value, choice.value] : value.filter((one) => one !== choice.value))
          }
        />
      ))}
      {error !== undefined && <div className="pl-fault">{error}</div>}
    </FormGroup>
  );
}
