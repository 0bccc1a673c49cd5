import type { Answers } from './applications';

export type Approach = 'PROMPT_ENGINEERING' | 'RAG' | 'FINE_TUNING' | 'HYBRID';
type Trigger = NonNullable<Answers['triggers']>[number];

interface Question<Field extends 'performanceTarget' | 'specificity' | 'dataAvailability' | 'resources'> {
  field: Field;
  asks: string;
  answers: { value: NonNullable<Answers[Field]>; label: string; meaning: string }[];
}

type AnyQuestion =
  Question<'performanceTarget'> | Question<'specificity'> | Question<'dataAvailability'> | Question<'resources'>;

/** What the decision tree asks, each answer with what it means. */
export const questions: AnyQuestion[] = [
  {
    field: 'performanceTarget',
    asks: 'How much depends on a right answer?',
    answers: [
      { value: 'MODERATE', label: 'Moderate', meaning: 'an error is noticed and costs little' },
      { value: 'HIGH', label: 'High', meaning: 'an error costs time or trust' },
      { value: 'CRITICAL', label: 'Critical', meaning: 'an error harms' },
    ],
  },
  {
    field: 'specificity',
    asks: 'What does the task need beyond what a general model knows?',
    answers: [
      { value: 'GENERAL', label: 'Nothing', meaning: 'anybody could do it by the instruction' },
      { value: 'KNOWLEDGE', label: 'Facts of ours', meaning: 'products, rules, documents' },
      {
        value: 'SPECIALISED',
        label: 'A judgement of its own',
        meaning: 'a language or a sense that examples teach best',
      },
    ],
  },
  {
    field: 'dataAvailability',
    asks: 'Are there labelled examples?',
    answers: [
      { value: 'NONE', label: 'None', meaning: 'or only a handful' },
      { value: 'LIMITED', label: 'Some', meaning: 'dozens to a few hundred' },
      { value: 'ABUNDANT', label: 'Many', meaning: 'enough to train on and to judge by' },
    ],
  },
  {
    field: 'resources',
    asks: 'Which people, time and money are there?',
    answers: [
      { value: 'LIMITED', label: 'Limited', meaning: 'nobody to train or run a model' },
      { value: 'MODERATE', label: 'Moderate', meaning: 'some weeks of people who know how' },
      { value: 'AMPLE', label: 'Ample', meaning: 'a team for it' },
    ],
  },
];

/** Circumstances that speak for or against approaches; each counts in the scores beside the tree. */
export const circumstances: { value: Trigger; label: string }[] = [
  { value: 'FAST_DELIVERY', label: 'A result is needed within days' },
  { value: 'FLEXIBILITY', label: 'The task changes often' },
  { value: 'CHANGING_FACTS', label: 'Answers depend on facts that change' },
  { value: 'ACCURACY_NOT_NEGOTIABLE', label: 'An error is dearer than a model' },
  { value: 'CONSISTENCY', label: 'The same input must give the same answer' },
  { value: 'HIGH_VOLUME', label: 'A million requests a month or more' },
  { value: 'CRITICAL_CORE_WITH_AUXILIARIES', label: 'A critical core beside auxiliary tasks' },
];
