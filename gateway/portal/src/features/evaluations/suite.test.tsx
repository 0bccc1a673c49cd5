import { screen } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { datasets } from '../../../test/mocks/datasets';
import { problem } from '../../../test/mocks/handlers';
import * as world from '../../../test/mocks/world';
import { visit } from '../../../test/portal';
import { dialog, only, taking } from '../../../test/requests';
import { newScorer, scorerOf, scorersSchema } from './scorerDraft';
import { scorerTypes, type ScorerType } from './scorerTypes';
import { testable } from './suiteDraft';

const questions = only(
  '*/api/datasets',
  datasets.map((dataset) => ({ ...dataset, kind: dataset.name === 'mails' ? 'QUESTION_ANSWER' : dataset.kind })),
);

it('offers questions to documents what measures answers, retrieval, citations and abstention', async () => {
  const { sent, handler } = taking('*/api/suites', world.suites[0], 201);
  const { user } = visit('/apps/mail-triage?do=suite', { but: [questions, handler] });
  const form = await dialog();
  await user.selectOptions(await form.findByLabelText(/^Dataset/), 'mails');
  expect(await form.findByText(scorerTypes.recall_at_k.measures)).toBeVisible();
  expect(form.getByRole('checkbox', { name: /^Measure consistency/ })).not.toBeChecked();
  await user.click(form.getByRole('button', { name: 'Publish the suite' }));
  await expect
    .poll(() => sent)
    .toMatchObject([
      {
        scorers: [
          { type: 'token_f1', over: 'ANSWERABLE' },
          { type: 'squad_exact', over: 'ANSWERABLE' },
          { type: 'recall_at_k', k: 5 },
          { type: 'citation_precision' },
          { type: 'citation_recall' },
          { type: 'coverage' },
          { type: 'selective', of: 'token_f1_answerable' },
          { type: 'out_of_scope_recall' },
          { type: 'in_scope_coverage' },
        ],
      },
    ]);
  expect(sent[0]).not.toHaveProperty('perturbations');
});

it('lets a scorer be about another that gives each answer a score, by its name', async () => {
  const { user } = visit('/apps/mail-triage?do=suite');
  const form = await dialog();
  await user.selectOptions(await form.findByLabelText(/^Dataset/), 'mails');
  await user.selectOptions(form.getByLabelText(/^Type of scorer 1/), 'coverage');
  await user.click(form.getByRole('button', { name: 'Add a scorer' }));
  await user.selectOptions(form.getByLabelText(/^Type of scorer 2/), 'brier');
  expect((await form.findAllByText('Add a scorer that gives each answer a score.')).length).toBeGreaterThan(0);
  await user.selectOptions(form.getByLabelText(/^Type of scorer 1/), 'exact');
  expect(form.getByLabelText(/^Scorer that decides which answers are right/)).toHaveDisplayValue('exact_match');
  expect(screen.queryByText('Add a scorer that gives each answer a score.')).toBeNull();
});

it('shows at its type why a scorer cannot score the items', async () => {
  const detail = 'applies to none of 164 items: it is for those with passages';
  const { user } = visit('/apps/mail-triage?do=suite', {
    but: [
      questions,
      http.post('*/api/suites', () =>
        problem(422, { title: 'The items cannot be measured so', errors: [{ pointer: '/scorers/2', detail }] }),
      ),
    ],
  });
  const form = await dialog();
  await user.selectOptions(await form.findByLabelText(/^Dataset/), 'mails');
  await form.findByText(scorerTypes.recall_at_k.measures);
  await user.click(form.getByRole('button', { name: 'Publish the suite' }));
  await expect.poll(() => document.getElementById('scorer-2-type-help')?.textContent).toContain(detail);
});

it('sends of a scorer what its type uses', () => {
  const draft = (type: ScorerType, fields = {}) => ({ ...newScorer(type), ...fields });
  const others = [draft('coverage'), draft('token_f1', { name: 'words' })];
  const sent = (type: ScorerType, fields = {}) => scorerOf(draft(type, fields), others);
  expect(sent('reciprocal_rank', { k: '' })).toEqual({ type: 'reciprocal_rank' });
  expect(sent('ndcg_at_k', { k: '10' })).toEqual({ type: 'ndcg_at_k', k: 10 });
  expect(sent('groundedness', { threshold: '0.7' })).toEqual({ type: 'groundedness', threshold: 0.7 });
  expect(sent('out_of_scope_recall')).toEqual({ type: 'out_of_scope_recall' });
  expect(sent('out_of_scope_recall', { values: 'other\n\n' })).toEqual({
    type: 'out_of_scope_recall',
    values: ['other'],
  });
  expect(sent('in_scope_coverage', { values: 'other' })).toEqual({ type: 'in_scope_coverage', values: ['other'] });
  expect(sent('selective')).toEqual({ type: 'selective', of: 'words' });
  expect(sent('token_f1')).toEqual({ type: 'token_f1', over: 'ANSWERABLE' });
  expect(sent('judge', { variant: 'a' })).toEqual({ type: 'judge', variant: 'a' });
  expect(sent('squad_exact', { answerable: false })).toEqual({ type: 'squad_exact' });
  expect(sent('embedding_similarity', { k: '3', of: 'words' })).toEqual({ type: 'embedding_similarity' });
});

it('refuses a scorer about one that is not there, and one without what it needs', () => {
  const faults = (...scorers: ReturnType<typeof newScorer>[]) =>
    scorersSchema.safeParse(scorers).error?.issues.map(({ path, message }) => [path.join('.'), message]);
  const words = { ...newScorer('token_f1'), answerable: false };
  expect(faults(words, { ...newScorer('brier'), of: 'token_f1' })).toBeUndefined();
  expect(faults(words, { ...newScorer('brier'), of: 'exact' })).toEqual([
    ['1.of', 'Choose one of the scorers: there is no exact.'],
  ]);
  expect(faults({ ...newScorer('recall_at_k'), k: '' })).toEqual([['0.k', 'Enter the number of passages.']]);
  expect(faults({ ...newScorer('groundedness'), threshold: '' })).toEqual([['0.threshold', 'Give a threshold.']]);
});

it('evaluates on no rows that a model is trained on, and on no documents', () => {
  expect(testable({ train: { rows: 3 }, test: { rows: 2 }, validation: { rows: 1 } })).toEqual([
    ['test', 2],
    ['validation', 1],
  ]);
  expect(testable({ documents: { rows: 9 } })).toEqual([]);
});
