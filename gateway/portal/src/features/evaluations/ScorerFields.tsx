import { Button } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useFieldArray, useWatch, type Control } from 'react-hook-form';
import { JudgeField } from './JudgeField';
import { newScorer, type ScorerDraft } from './scorerDraft';
import { scorerTypes, scoring, type ScorerType } from './scorerTypes';
import type { SuiteDraft } from './suiteDraft';
import { CheckboxField, ChoiceField, TextAreaField, TextField } from '@/shared/form/fields';

const mostScorers = 10;
const types = Object.entries(scorerTypes).map(([value, { label }]) => ({ value, label }));

interface ScorerFieldsProps<Parsed> {
  control: Control<SuiteDraft, unknown, Parsed>;
}

/** The fields of the scorers of a suite, which depend on their types. */
export function ScorerFields<Parsed>({ control }: ScorerFieldsProps<Parsed>): ReactNode {
  const { fields, append, remove } = useFieldArray({ control, name: 'scorers' });
  const drafts = useWatch({ control, name: 'scorers' });
  return (
    <>
      {fields.map(({ id }, index) => (
        <div key={id} className="pl-stack" role="group" aria-label={`Scorer ${index + 1}`}>
          <div className="pl-grid">
            <ChoiceField
              id={`scorer-${index}-type`}
              control={control}
              name={`scorers.${index}.type`}
              label={`Type of scorer ${index + 1}`}
              isRequired
              choices={types}
              help={scorerTypes[(drafts[index]?.type ?? 'label') as ScorerType].measures}
            />
            <TextField
              id={`scorer-${index}-name`}
              control={control}
              name={`scorers.${index}.name`}
              label={`Name of scorer ${index + 1}`}
              help="The name of the metric. Empty: the name of the type"
            />
          </div>
          <Configuration control={control} index={index} others={scoring(drafts)} />
          {fields.length > 1 && (
            <div>
              <Button
                variant="link"
                isInline
                size="sm"
                aria-label={`Remove scorer ${index + 1}`}
                onClick={() => remove(index)}
              >
                Remove
              </Button>
            </div>
          )}
        </div>
      ))}
      <div>
        <Button
          variant="secondary"
          size="sm"
          isDisabled={fields.length >= mostScorers}
          onClick={() => append(newScorer('exact'))}
        >
          Add a scorer
        </Button>
      </div>
    </>
  );
}

interface ConfigurationProps<Parsed> extends ScorerFieldsProps<Parsed> {
  index: number;
  /** The names of the scorers that this one can evaluate. */
  others: string[];
}

/** The further fields of the chosen type. Most types have none. */
function Configuration<Parsed>({ control, index, others }: ConfigurationProps<Parsed>): ReactNode {
  const type = useWatch({ control, name: `scorers.${index}.type` });
  const field = <Name extends keyof ScorerDraft>(name: Name) => ({
    control,
    name: `scorers.${index}.${name}` as const,
    id: `scorer-${index}-${name}`,
  });
  const lines = { rows: 2, autoResize: true, resizeOrientation: 'vertical', spellCheck: false } as const;
  switch (type) {
    case 'contains':
      return (
        <>
          <TextAreaField {...field('values')} {...lines} label="Values" isRequired help="One per line; case matters" />
          <ChoiceField
            {...field('match')}
            label="The answer contains"
            choices={[
              { value: 'ALL', label: 'all of them' },
              { value: 'ANY', label: 'any of them' },
            ]}
          />
        </>
      );
    case 'regex':
      return (
        <TextField
          {...field('pattern')}
          label="Pattern"
          isRequired
          help="RE2 syntax; may match anywhere in the answer"
        />
      );
    case 'numeric':
      return (
        <div className="pl-grid">
          <ChoiceField
            {...field('number')}
            label="Number in the answer"
            choices={[
              { value: 'LAST', label: 'the last' },
              { value: 'FIRST', label: 'the first' },
            ]}
          />
          <TextField
            {...field('absolute')}
            label="Tolerance"
            type="number"
            help="Leave both empty for an exact match"
          />
          <TextField {...field('relative')} label="Tolerance in % of the reference" type="number" />
        </div>
      );
    case 'json_schema':
      return (
        <TextAreaField {...field('schema')} {...lines} rows={4} label="JSON Schema" isRequired className="pl-mono" />
      );
    case 'fields':
      return (
        <TextAreaField
          {...field('pointers')}
          {...lines}
          label="Fields"
          isRequired
          help="JSON pointers, one per line, such as /customer/id"
        />
      );
    case 'tool_calls':
      return <CheckboxField {...field('arguments')} label="Compare the arguments as well as the names" />;
    case 'judge':
      return (
        <>
          <JudgeField {...field('variant')} />
          <AnswerableField {...field('answerable')} />
        </>
      );
    case 'token_f1':
    case 'squad_exact':
      return <AnswerableField {...field('answerable')} />;
    case 'recall_at_k':
    case 'ndcg_at_k':
      return <TextField {...field('k')} label="Number of passages (k)" type="number" isRequired help="1 to 100" />;
    case 'reciprocal_rank':
      return <TextField {...field('k')} label="Number of passages (k)" type="number" help="Empty: all passages" />;
    case 'groundedness':
      return (
        <TextField
          {...field('threshold')}
          label="Threshold"
          type="number"
          isRequired
          help="0 to 1: the cosine similarity to a passage at which a sentence of the answer counts as supported"
        />
      );
    case 'out_of_scope_recall':
    case 'in_scope_coverage':
      return (
        <TextAreaField
          {...field('values')}
          {...lines}
          label="Labels of items out of scope"
          help="One per line. Questions that the documents do not answer are always out of scope"
        />
      );
    case 'selective':
    case 'brier':
    case 'calibration_error':
      return (
        <ChoiceField
          {...field('of')}
          label="Scorer that decides which answers are right"
          isRequired
          fallback={others[0]}
          placeholder={others.length === 0 ? 'None yet' : undefined}
          choices={others.map((name) => ({ value: name, label: name }))}
          help="A full score means right. The selective score uses its mean"
        />
      );
    default:
      return null;
  }
}

/** The choice to restrict a scorer to the items that the documents answer. */
function AnswerableField<Parsed>(field: {
  control: Control<SuiteDraft, unknown, Parsed>;
  name: `scorers.${number}.answerable`;
  id: string;
}): ReactNode {
  return (
    <CheckboxField
      {...field}
      label="Only items that the documents answer. If unchecked, leaving the others unanswered counts as right"
    />
  );
}
