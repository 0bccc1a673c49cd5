import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse, type HttpHandler } from 'msw';
import { expect, it, vi } from 'vitest';
import { json, pageOf } from '../../../test/mocks/answers';
import { draftItem, textItem } from '../../../test/mocks/datasets';
import { problem } from '../../../test/mocks/handlers';
import { questionSuite } from '../../../test/mocks/questions';
import { all, items, suites, vera } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';
import { taking } from '../../../test/requests';

const [suite] = suites;
const [first, second] = items;
if (suite === undefined || first === undefined || second === undefined) throw new Error('no run');

const over = (subset: string) =>
  http.get('*/api/suites/:digest', () => json({ ...suite, definition: { ...suite.definition, subset } }));

const output = http.get('*/api/runs/run-3/items/:ordinal', ({ params }) =>
  json({
    item: items[Number(params['ordinal'])],
    expected: { label: 'spam', references: [], rubric: null, toolCalls: [], answers: null, passages: [] },
    output: { message: { role: 'assistant', content: 'newsletter' } },
    replies: {},
    relevant: [],
  }),
);

const noConfidence = http.get('*/api/runs/run-3/abstention', () => problem(409, { type: '/problems/no-confidence' }));

const corrected = {
  ...draftItem,
  item: {
    ...textItem('0a1b2c3d4e5f6071', 'Weekly offers', 'newsletter'),
    metadata: { expectedCorrection: { version: 2, itemId: 'item-1', by: 'subject-ada' } },
  },
  addedBy: 'subject-ada',
};

const drafted = (...drafts: object[]) => http.get('*/api/datasets/mails/draft/items', () => pageOf(drafts));

/** The first answer of a run over validation rows, opened. */
async function opened(...but: HttpHandler[]) {
  const view = visit('/runs/run-3', { as: all, but: [...but, over('validation'), output, noConfidence] });
  await view.user.click(await screen.findByRole('button', { name: /^Show the output for item item-1/ }));
  return { ...view, review: within(await screen.findByRole('group', { name: 'Review of item item-1' })) };
}

it('corrects what a row expects by a button or its key, into the draft of its dataset', async () => {
  const { sent, handler } = taking('*/api/datasets/mails/draft/corrections', corrected, 200);
  const list = http.get('*/api/datasets/mails/draft/items', () => pageOf(sent.length === 0 ? [] : [corrected]));
  const { user, review } = await opened(handler, list);
  expect(screen.getByText(/^If a row expects the wrong answer/)).toBeVisible();
  expect(review.queryByRole('button', { name: 'Should be spam' })).toBeNull();
  await waitFor(() =>
    expect(review.getByRole('button', { name: 'Should be newsletter' })).not.toHaveAttribute('aria-disabled', 'true'),
  );
  await user.keyboard('2');
  expect(await review.findByText(/^Corrected to “newsletter” by/)).toHaveTextContent('in the draft of mails');
  expect(sent).toMatchObject([{ version: 2, itemId: 'item-1', expected: { label: 'newsletter' }, runId: 'run-3' }]);
  expect(review.getByRole('button', { name: 'Should be newsletter' })).toHaveAttribute('aria-pressed', 'true');
  expect(screen.getByText(/^1 correction waits/)).toBeVisible();
  expect(screen.getByRole('link', { name: 'draft of mails' })).toHaveAttribute('href', '/datasets/mails#draft');
  await user.click(review.getByRole('button', { name: 'Should be personal' }));
  await waitFor(() => expect(sent.at(-1)).toMatchObject({ expected: { label: 'personal' } }));
});

it('withdraws a correction of a row that is right, and goes on to the next answer', async () => {
  const removed = vi.fn<(id: unknown) => void>();
  const removing = http.delete('*/api/datasets/mails/draft/items/:id', ({ params }) => {
    removed(params['id']);
    return new HttpResponse(null, { status: 204 });
  });
  const { user, review } = await opened(removing, drafted(corrected));
  await review.findByText(/^Corrected to/);
  await user.keyboard('1');
  expect(await screen.findByRole('group', { name: 'Review of item item-2' })).toHaveFocus();
  expect(removed).toHaveBeenCalledWith(corrected.draftItemId);
});

it('goes to the next and the previous answer by j and k, over rows without an answer', async () => {
  const failed = { ...second, ordinal: 1, itemId: 'item-2', answered: false, error: '400' };
  const third = { ...first, ordinal: 2, itemId: 'item-3' };
  const { user, review } = await opened(http.get('*/api/runs/run-3/items', () => pageOf([first, failed, third])));
  expect(review.getByRole('button', { name: 'Previous answer' })).toHaveAttribute('aria-disabled', 'true');
  await user.keyboard('j');
  expect(await screen.findByRole('group', { name: 'Review of item item-3' })).toHaveFocus();
  expect(screen.queryByRole('group', { name: 'Review of item item-1' })).toBeNull();
  await user.keyboard('k');
  expect(await screen.findByRole('group', { name: 'Review of item item-1' })).toHaveFocus();
});

it('corrects a text, and keeps what else the row expects', async () => {
  const { sent, handler } = taking('*/api/datasets/mails/draft/corrections', corrected, 200);
  const item = { ...first, label: null, prediction: null };
  const { user, review } = await opened(
    handler,
    http.get('*/api/suites/:digest', () => json({ ...questionSuite, dataset: 'mails', datasetVersion: 2 })),
    http.get('*/api/runs/run-3/items', () => pageOf([item])),
    http.get('*/api/runs/run-3/items/:ordinal', () =>
      json({
        item,
        expected: {
          label: null,
          references: ['In a week.', 'Soon.'],
          rubric: 'Names the days.',
          toolCalls: [],
          answers: null,
          passages: [],
        },
        output: { message: { role: 'assistant', content: 'Within 14 days.' } },
        replies: {},
        relevant: [],
      }),
    ),
  );
  await user.keyboard('2');
  const field = await review.findByRole('textbox', { name: 'Should be' });
  expect(field).toHaveFocus();
  expect(field).toHaveValue('In a week.');
  expect(review.getByText('It takes the place of all 2 expected answers.')).toBeVisible();
  await user.clear(field);
  await user.type(field, 'In 14 days.');
  await user.click(review.getByRole('button', { name: 'Correct the expected answer' }));
  await waitFor(() =>
    expect(sent).toMatchObject([
      { version: 2, itemId: 'item-1', expected: { references: ['In 14 days.'], rubric: 'Names the days.' } },
    ]),
  );
  await waitFor(() => expect(review.queryByRole('textbox')).toBeNull());
});

it('corrects no test row, since its answer judges the variant', async () => {
  const { user } = visit('/runs/run-3', { as: all, but: [over('test'), output] });
  expect(await screen.findByText(/^What test rows expect is not corrected here/)).toBeVisible();
  await user.click(await screen.findByRole('button', { name: /^Show the output for item item-1/ }));
  const review = within(await screen.findByRole('group', { name: 'Review of item item-1' }));
  expect(review.getByRole('button', { name: 'Next answer' })).toBeVisible();
  expect(review.queryByRole('button', { name: /^Should be|is right$/ })).toBeNull();
});

it('offers no correction to people who may add nothing to a draft', async () => {
  visit('/runs/run-3', { as: vera, but: [over('validation'), noConfidence] });
  expect(await screen.findByRole('table', { name: 'Answers' })).toBeVisible();
  expect(screen.queryByText(/^If a row expects the wrong answer/)).toBeNull();
});

it('says why a correction was refused', async () => {
  const refused = http.post('*/api/datasets/mails/draft/corrections', () =>
    problem(409, { title: 'The draft is full' }),
  );
  const { user, review } = await opened(refused, drafted());
  const button = review.getByRole('button', { name: 'Should be personal' });
  await waitFor(() => expect(button).not.toHaveAttribute('aria-disabled', 'true'));
  await user.click(button);
  expect(await review.findByText('The draft is full')).toBeVisible();
});
