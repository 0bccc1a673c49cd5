import { Checkbox, FormGroup, Radio } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { assess, type Answers } from './applications';
import { circumstances, questions } from './assessment';
import { datasetChoices } from '@/shared/data/splits';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { useDraft } from '@/shared/session/draft';
import { FormDialog } from '@/shared/ui/FormDialog';
import { SelectField } from '@/shared/ui/SelectField';

const empty: Partial<Answers> = {};

interface AssessDialogProps {
  application: string;
  /** What was answered last; the form begins with it. */
  before: Answers | undefined;
  onDone: () => void;
  onClose: () => void;
}

/** The questions of the decision tree. */
export function AssessDialog({ application, before, onDone, onClose }: AssessDialogProps): ReactNode {
  const queries = useQueryClient();
  const { value, change, forget } = useDraft(`assess.${application}`, before ?? empty);
  const datasets = useQuery(datasetChoices).data?.items ?? [];
  const key = useIdempotencyKey(value);
  const assessing = useMutation({
    mutationFn: () => assess(application, value as Answers, key),
    onSuccess: async () => {
      forget();
      await queries.invalidateQueries({ queryKey: ['application', application, 'assessments'] });
      onDone();
    },
  });
  const errorAt = fieldErrors(assessing.error);
  const open = questions.filter(({ field }) => value[field] == null);
  const triggers = value.triggers ?? [];
  return (
    <FormDialog
      title="Assess the application"
      description="Four answers lead through a decision tree to the approach to begin with. What has been measured already takes the place of an estimate."
      action="Assess"
      variant="medium"
      pending={assessing.isPending}
      blocked={open.length > 0 ? `${open.length} of ${questions.length} questions are open.` : undefined}
      error={assessing.error}
      onSubmit={() => assessing.mutate()}
      onClose={onClose}
    >
      {questions.map(({ field, asks, answers }) => (
        <FormGroup key={field} role="radiogroup" isStack label={asks} fieldId={`assess-${field}`} isRequired>
          {answers.map(({ value: answer, label, meaning }) => (
            <Radio
              key={answer}
              id={`assess-${field}-${answer}`}
              name={`assess-${field}`}
              label={
                <>
                  {label}: <span className="pl-subtle">{meaning}</span>
                </>
              }
              isChecked={value[field] === answer}
              onChange={() => change({ ...value, [field]: answer })}
            />
          ))}
        </FormGroup>
      ))}
      <SelectField
        id="assess-dataset"
        label="Dataset"
        value={value.dataset ?? ''}
        placeholder="None yet"
        choices={datasets.map(({ name }) => ({ value: name, label: name }))}
        error={errorAt('/dataset')}
        help="Its newest version answers for the examples at hand, instead of the estimate above"
        onChange={(dataset) => change({ ...value, dataset: dataset || null })}
      />
      <FormGroup role="group" isStack label="What else holds" fieldId="assess-circumstances">
        {circumstances.map(({ value: trigger, label }) => (
          <Checkbox
            key={trigger}
            id={`assess-${trigger}`}
            label={label}
            isChecked={triggers.includes(trigger)}
            onChange={(_event, checked) =>
              change({
                ...value,
                triggers: checked ? [...triggers, trigger] : triggers.filter((one) => one !== trigger),
              })
            }
          />
        ))}
      </FormGroup>
    </FormDialog>
  );
}
