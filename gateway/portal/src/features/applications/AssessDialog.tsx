import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { assess, type Answers } from './applications';
import { circumstances, questions } from './assessment';
import { datasetChoices } from '@/shared/data/splits';
import { Checklist, ChoiceField, RadioField } from '@/shared/form/fields';
import { z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { FormDialog } from '@/shared/form/FormDialog';

const schema = z
  .object({
    performanceTarget: z.string(),
    specificity: z.string(),
    dataAvailability: z.string(),
    resources: z.string(),
    dataset: z.string(),
    triggers: z.array(z.string()),
  })
  .check(({ value, issues }) => {
    const open = questions.filter(({ field }) => value[field] === '');
    if (open.length > 0)
      issues.push({
        code: 'custom',
        input: value,
        message: `${open.length} of ${questions.length} questions are open.`,
      });
  });
type Values = z.input<typeof schema>;

interface AssessDialogProps {
  application: string;
  /** The newest answers, which the form starts from. */
  before: Answers | undefined;
  onDone: () => void;
  onClose: () => void;
}

/** The questions of the decision tree. */
export function AssessDialog({ application, before, onDone, onClose }: AssessDialogProps): ReactNode {
  const queries = useQueryClient();
  const datasets = useQuery(datasetChoices).data?.items ?? [];
  const form = useCommandForm({
    draft: `assess.${application}`,
    schema,
    initial: valuesOf(before),
    command: (values) => ({ ...answersOf(values), monthlyVolume: before?.monthlyVolume ?? undefined }),
    send: (answers, key) => assess(application, answers, key),
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['application', application, 'assessments'] });
      onDone();
    },
  });
  return (
    <FormDialog
      title="Assess the application"
      description={
        'Four questions lead through a decision tree to the approach to start with. Measured figures ' +
        'replace your estimates where they exist.'
      }
      action="Assess"
      variant="medium"
      form={form}
      onClose={onClose}
    >
      {questions.map(({ field, text, answers }) => (
        <RadioField
          key={field}
          id={`assess-${field}`}
          control={form.control}
          name={field}
          label={text}
          choices={answers.map(({ value, label, meaning }) => ({
            value,
            label: (
              <>
                {label}: <span className="pl-subtle">{meaning}</span>
              </>
            ),
          }))}
        />
      ))}
      <ChoiceField
        id="assess-dataset"
        control={form.control}
        name="dataset"
        label="Dataset"
        placeholder="None yet"
        choices={datasets.map(({ name }) => ({ value: name, label: name }))}
        help="The row count of its newest version replaces your estimate of the available data"
      />
      <Checklist id="assess" control={form.control} name="triggers" label="Circumstances" choices={circumstances} />
    </FormDialog>
  );
}

function valuesOf(answers: Answers | undefined): Values {
  return {
    performanceTarget: answers?.performanceTarget ?? '',
    specificity: answers?.specificity ?? '',
    dataAvailability: answers?.dataAvailability ?? '',
    resources: answers?.resources ?? '',
    dataset: answers?.dataset ?? '',
    triggers: answers?.triggers ?? [],
  };
}

function answersOf({ dataset, triggers, ...answers }: Values): Answers {
  return {
    ...answers,
    ...(dataset !== '' && { dataset }),
    ...(triggers.length > 0 && { triggers }),
  } as Answers;
}
