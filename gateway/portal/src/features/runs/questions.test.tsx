import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { pageOf } from '../../../test/mocks/answers';
import { problem } from '../../../test/mocks/handlers';
import { questionItems } from '../../../test/mocks/questions';
import { visit } from '../../../test/portal';

const table = async (name: string) => within(await screen.findByRole('table', { name }));

it('says over how many of the items a metric is, and where lower is better', async () => {
  visit('/runs/run-6');
  const metrics = await table('Metrics');
  expect(await metrics.findAllByText('lower is better')).not.toHaveLength(0);
  expect(metrics.getByRole('row', { name: /^Recall at k/ })).toHaveTextContent(/132 of 164$/);
  expect(metrics.getByRole('row', { name: /^Token F1/ })).not.toHaveTextContent('of 164');
  expect(metrics.getByRole('row', { name: /^Brier score/ })).toHaveTextContent('lower is better');
  expect(screen.getByText(/^Each metric covers the items to which its scorer applies/)).toBeVisible();
});

it('shows an answer with its citations, which open the passages that they name beside it', async () => {
  const { user } = visit('/runs/run-6');
  const answers = await table('Answers');
  await user.click(answers.getByRole('button', { name: /^Show the output for item question-1/ }));
  const answer = within(await answers.findByRole('region', { name: 'Answer of item question-1' }));
  const cited = within(answers.getByRole('list', { name: 'Cited passages, answer of item question-1' }));
  const [relevant, other] = cited.getAllByRole('listitem');
  expect(relevant).toHaveTextContent('[1] Returns > Refunds Relevant');
  expect(other).toHaveTextContent(/^\[2\] Gift cards$/);
  await user.click(answer.getByRole('button', { name: '[2] Gift cards' }));
  expect(cited.getByText('A gift card is valid for three years.')).toBeVisible();
  expect(cited.getByRole('button', { name: '[2] Gift cards' })).toHaveFocus();
  await user.click(cited.getByRole('button', { name: '[2] Gift cards' }));
  expect(cited.queryByText('A gift card is valid for three years.')).toBeNull();
  expect(
    within(answers.getByRole('list', { name: /^Retrieved and not cited/ })).getByRole('button', {
      name: '[3] Orders > Changes',
    }),
  ).toBeVisible();
  expect(answers.getAllByText('14 days', { exact: true })).toHaveLength(2);
  expect(answers.getByText('returns.md > Refunds > “within 14 days”')).toBeVisible();
  await user.click(answers.getByRole('button', { name: /^Hide the output for item question-1/ }));
  expect(answers.queryByRole('region', { name: 'Answer of item question-1' })).toBeNull();
});

it('says which answers were abstained from, with what confidence, and what does not apply to them', async () => {
  visit('/runs/run-6');
  const answers = await table('Answers');
  const abstained = answers.getByRole('row', { name: /Abstained/ });
  expect(abstained).toHaveTextContent('.310');
  expect(abstained).toHaveTextContent('Does not apply: recall at k, citation precision');
  expect(answers.getByRole('columnheader', { name: 'Confidence' })).toBeVisible();
});

it('says of an item to which no scorer applies neither that it is correct nor that it is not', async () => {
  const [first] = questionItems;
  visit('/runs/run-6', {
    but: [http.get('*/api/runs/run-6/items', () => pageOf([{ ...first, scores: {}, notApplicable: ['token_f1'] }]))],
  });
  const answers = await table('Answers');
  expect(answers.queryByText('Correct', { selector: 'td *' })).toBeNull();
  expect(answers.queryByText('Incorrect')).toBeNull();
});

it('narrows the answers to those abstained from, and to low scores, by the address', async () => {
  const asked: string[] = [];
  const { user, address } = visit('/runs/run-6', {
    but: [
      http.get('*/api/runs/run-6/items', ({ request }) => {
        asked.push(new URL(request.url).search);
        return pageOf(questionItems);
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Abstained' }));
  await expect.poll(() => asked.at(-1)).toBe('?abstained=true&limit=50');
  await user.selectOptions(await screen.findByLabelText('Score of'), 'recall_at_k');
  await user.clear(screen.getByLabelText('Below'));
  await user.type(screen.getByLabelText('Below'), '0.5');
  await user.click(screen.getByRole('button', { name: 'Search' }));
  await expect.poll(() => asked.at(-1)).toBe('?abstained=true&scorer=recall_at_k&below=0.5&limit=50');
  expect(address()).toBe('/runs/run-6?items=abstained&scorer=recall_at_k&below=0.5');
  await user.click(screen.getByRole('button', { name: 'Inconsistent' }));
  await expect.poll(() => asked.at(-1)).toBe('?disagreements=true&limit=50');
  expect(screen.queryByLabelText('Below')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'All' }));
  await user.click(await screen.findByRole('button', { name: 'Clear' }));
  await expect.poll(address).toBe('/runs/run-6?items=all');
});

it('clears the filters where nothing has so low a score', async () => {
  const { user, address } = visit('/runs/run-6?scorer=token_f1&below=0.1&scores=recall_at_k', {
    but: [
      http.get('*/api/runs/run-6/items', ({ request }) =>
        pageOf(new URL(request.url).searchParams.has('below') ? [] : questionItems),
      ),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Clear all filters' }));
  expect(await table('Answers')).toBeDefined();
  expect(address()).toBe('/runs/run-6?scores=recall_at_k');
});

it('draws what abstaining would have given, and leads from a threshold to a variant', async () => {
  const { user, address } = visit('/runs/run-6');
  expect(
    await screen.findByRole('img', {
      name:
        'Coverage, In-scope coverage, Token F1 of the answers given, Out-of-scope recall over the threshold, ' +
        'at 4 points',
    }),
  ).toBeVisible();
  const points = await table('Abstention by threshold');
  expect(points.getByRole('row', { name: /^\.624/ })).toHaveTextContent('.810.947133.840.750');
  expect(points.getByRole('row', { name: /^\.970/ })).toHaveTextContent('.000.0000—1.000');
  await user.click(points.getByRole('button', { name: 'Mark .624 in the chart' }));
  expect(await screen.findByText('threshold .624')).toBeVisible();
  expect(address()).toBe('/runs/run-6?threshold=0.6235');
  expect(points.getByRole('link', { name: 'Compose a variant that abstains below .624' })).toHaveAttribute(
    'href',
    '/apps/mail-triage?tab=variants&do=variant&abstention=0.6235',
  );
});

it('shows no curve where answers have no confidence, and what failed where it cannot be read', async () => {
  const refused = (type: string, title: string) =>
    http.get('*/api/runs/run-6/abstention', () => problem(409, { type: `/problems/${type}`, title }));
  const { unmount } = visit('/runs/run-6', { but: [refused('no-confidence', 'The answers have no confidence')] });
  expect(await table('Answers')).toBeDefined();
  await expect.poll(() => screen.queryByRole('heading', { name: 'Abstention' })).toBeNull();
  unmount();
  visit('/runs/run-6', { but: [refused('conflict', 'The run has changed')] });
  expect(await screen.findByText('The run has changed')).toBeVisible();
});

it('asks for no curve over test items', async () => {
  visit('/runs/run-3');
  expect(await table('Answers')).toBeDefined();
  expect(screen.queryByRole('heading', { name: 'Abstention' })).toBeNull();
});

it('counts the scores of a scorer, which the address names', async () => {
  const { user, address } = visit('/runs/run-6');
  const words = await table('Scores by Token F1');
  expect(words.getByRole('row', { name: /^1 74 .451/ })).toBeVisible();
  expect(words.getByRole('row', { name: /^\.9 to 1 4/ })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Recall at k' }));
  expect(await table('Scores by Recall at k')).toBeDefined();
  expect(screen.getByText(/The score does not apply to 32 items/)).toBeVisible();
  expect(address()).toBe('/runs/run-6?scores=recall_at_k');
});

it('lists each item with the beginning of its question and of its answer', async () => {
  visit('/runs/run-6');
  const answers = await table('Answers');
  const row = answers.getByRole('row', { name: /When is my money paid back/ });
  expect(row).toHaveTextContent('When is my money paid back? I am <EMAIL>.14 days“Money is paid back');
  expect(
    within(row).getByRole('button', {
      name: /^Show the output for item question-1: “Money is paid back within 14 days/,
    }),
  ).toHaveTextContent('“Money is paid back within 14 days.” [1] Gift cards are new ones. [2]');
  expect(answers.getByRole('row', { name: /Will it rain in Leeds/ })).toHaveTextContent('Our pages do not say.');
});

it('lists neither question nor answer to somebody who may read neither', async () => {
  visit('/runs/run-6', {
    but: [
      http.get('*/api/runs/run-6/items', () =>
        pageOf(questionItems.map((item) => ({ ...item, question: null, answer: null }))),
      ),
    ],
  });
  const answers = await table('Answers');
  expect(answers.getByRole('button', { name: 'Show the output for item question-1: the output' })).toBeVisible();
  expect(answers.queryByText(/Will it rain/)).toBeNull();
});
