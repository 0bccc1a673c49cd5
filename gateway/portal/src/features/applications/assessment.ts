import type { Answers } from './applications';

export type Approach = 'PROMPT_ENGINEERING' | 'RAG' | 'FINE_TUNING' | 'HYBRID';
type Trigger = NonNullable<Answers['triggers']>[number];

interface Question<Field extends 'performanceTarget' | 'specificity' | 'dataAvailability' | 'resources'> {
  field: Field;
  text: string;
  answers: { value: NonNullable<Answers[Field]>; label: string; meaning: string }[];
}

type AnyQuestion =
  Question<'performanceTarget'> | Question<'specificity'> | Question<'dataAvailability'> | Question<'resources'>;

/** The questions of the decision tree, each answer with its meaning. */
export const questions: AnyQuestion[] = [
  {
    field: 'performanceTarget',
    text: 'How important is a correct answer?',
    answers: [
      { value: 'MODERATE', label: 'Moderate', meaning: 'an error is noticed and costs little' },
      { value: 'HIGH', label: 'High', meaning: 'an error costs time or trust' },
      { value: 'CRITICAL', label: 'Critical', meaning: 'an error causes harm' },
    ],
  },
  {
    field: 'specificity',
    text: 'What does the task need beyond what a general model knows?',
    answers: [
      { value: 'GENERAL', label: 'Nothing', meaning: 'anybody could do it from the instructions' },
      { value: 'KNOWLEDGE', label: 'Our own knowledge', meaning: 'products, rules, documents' },
      {
        value: 'SPECIALISED',
        label: 'Specialised judgement',
        meaning: 'terms or judgement that are best taught by examples',
      },
    ],
  },
  {
    field: 'dataAvailability',
    text: 'How many labelled examples are available?',
    answers: [
      { value: 'NONE', label: 'None', meaning: 'no examples, or only a handful' },
      { value: 'LIMITED', label: 'Some', meaning: 'dozens to a few hundred' },
      { value: 'ABUNDANT', label: 'Many', meaning: 'enough to train and to evaluate' },
    ],
  },
  {
    field: 'resources',
    text: 'Which people, time and budget are available?',
    answers: [
      { value: 'LIMITED', label: 'Limited', meaning: 'nobody to train or operate a model' },
      { value: 'MODERATE', label: 'Moderate', meaning: 'some weeks of skilled people' },
      { value: 'AMPLE', label: 'Ample', meaning: 'a team for it' },
    ],
  },
];

/** Circumstances for or against approaches. Each counts in the scores, which are shown beside the tree. */
export const circumstances: { value: Trigger; label: string }[] = [
  { value: 'FAST_DELIVERY', label: 'A result is needed within days' },
  { value: 'FLEXIBILITY', label: 'The task changes often' },
  { value: 'CHANGING_KNOWLEDGE', label: 'Answers depend on knowledge that changes' },
  { value: 'ACCURACY_NOT_NEGOTIABLE', label: 'An error costs more than a model' },
  { value: 'CONSISTENCY', label: 'The same input must give the same answer' },
  { value: 'HIGH_VOLUME', label: 'A million requests a month or more' },
  { value: 'CRITICAL_CORE_WITH_AUXILIARIES', label: 'A critical core task with auxiliary tasks around it' },
];
