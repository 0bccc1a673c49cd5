import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it, vi } from 'vitest';
import { json, pageOf } from '../../../test/mocks/answers';
import { textItem } from '../../../test/mocks/datasets';
import { row } from '../../../test/mocks/lineage';
import * as world from '../../../test/mocks/world';
import { visit } from '../../../test/portal';
import { dialog } from '../../../test/requests';

it('shows figures with intervals, and the confusion with what was no label', async () => {
  visit('/runs/run-3');
  expect(await screen.findByRole('heading', { name: 'Run of fine-tuned' })).toBeVisible();
  expect(
    within(screen.getByRole('table', { name: 'Metrics' })).getByRole('row', { name: /^Accuracy/ }),
  ).toHaveTextContent('.943.915 … .962');
  expect(
    within(screen.getByRole('table', { name: 'Confusion' })).getByRole('row', { name: /^newsletter/ }),
  ).toHaveTextContent('12510');
  expect(await screen.findByRole('link', { name: 'mails v2' })).toHaveAttribute('href', '/datasets/mails/versions/2');
});

it('says which items were left out, since the variant used them', async () => {
  visit('/runs/run-3');
  expect(
    await screen.findByText(
      /2 of 502 left out as leaking: 2 in the training subset, 1 in the validation rows that chose its checkpoint/,
    ),
  ).toBeVisible();
});

it('says why no answer of an earlier run is reused', async () => {
  const run = { ...world.runs[0], notReused: 'The variant sends its model no temperature.' };
  visit('/runs/run-3', { but: [http.get('*/api/runs/run-3', () => json(run))] });
  expect(await screen.findByText(/no answers reused: The variant sends its model no temperature\./)).toBeVisible();
});

it('distinguishes an item without an answer from one with an incorrect answer', async () => {
  const item = {
    itemId: 'item-9',
    ordinal: 9,
    perturbation: 'NONE',
    label: 'spam',
    prediction: null,
    scores: {},
    judged: {},
    notApplicable: [],
    abstained: false,
    answered: false,
    error: '400 no such tool',
    latencyMillis: 0,
    costUsd: 0,
    reused: false,
    requestDigest: 'r',
  };
  visit('/runs/run-3', {
    but: [
      http.get('*/api/runs/run-3/items', () =>
        json({ items: [item], nextPageToken: null, total: { value: 1, exact: true } }),
      ),
    ],
  });
  const answers = within(await screen.findByRole('table', { name: 'Answers' }));
  expect(answers.getByText('No answer')).toBeVisible();
  expect(answers.queryByText('Incorrect')).toBeNull();
  expect(answers.queryByText(/ ms$/)).toBeNull();
});

it('keeps the filter of incorrect answers in the address, and shows the text of one on demand', async () => {
  const { user, address } = visit('/runs/run-3', {
    but: [
      http.get('*/api/datasets/mails/versions/2/rows/item-1', () =>
        json({ ...row, item: textItem('item-1', 'Weekly offers', 'spam') }),
      ),
    ],
  });
  expect(await screen.findAllByRole('row', { name: /personal/ })).not.toHaveLength(0);
  await user.click(screen.getByRole('button', { name: 'Incorrect only' }));
  const answers = await screen.findByRole('table', { name: 'Answers' });
  await expect.poll(() => within(answers).queryByText('Lower case')).toBeNull();
  expect(address()).toBe('/runs/run-3?items=wrong');
  await user.click(screen.getByRole('button', { name: 'Show the text of item item-1: item-1' }));
  expect(await screen.findByText('Weekly offers')).toBeVisible();
});

it('shows what each scorer gives an answer, and what was expected beside the output', async () => {
  const item = {
    ...world.items[0],
    label: null,
    prediction: null,
    scores: {
      tool_calls: { score: 0, reason: 'Tool calls differ; missing: “refund”.' },
      total_in_order: { score: 1, reason: 'The last number is “7”.' },
    },
  };
  const { user } = visit('/runs/run-3', {
    but: [
      http.get('*/api/runs/run-3/items', () =>
        json({ items: [item], nextPageToken: null, total: { value: 1, exact: true } }),
      ),
      http.get('*/api/runs/run-3/items/:ordinal', () =>
        json({
          item,
          expected: {
            label: null,
            references: ['It takes 14 days.'],
            rubric: null,
            toolCalls: [{ name: 'refund', arguments: { order: 7 } }],
            passages: [],
          },
          output: { message: { role: 'assistant', content: 'Soon.' } },
        }),
      ),
    ],
  });
  const answers = within(await screen.findByRole('table', { name: 'Answers' }));
  expect(answers.getByText('Incorrect')).toBeVisible();
  expect(answers.queryByRole('columnheader', { name: 'Expected' })).toBeNull();
  expect(answers.getByText('Tool calls differ; missing: “refund”.')).toBeVisible();
  expect(answers.queryByText(/^Total in order/)).toBeNull();
  await user.click(answers.getByRole('button', { name: /Show the output for item/ }));
  expect(await screen.findByText('It takes 14 days.')).toBeVisible();
  expect(screen.getByText(/^Total in order/)).toBeVisible();
  expect(screen.getByText('refund({"order":7})')).toBeVisible();
});

it('says once whether a label is right', async () => {
  visit('/runs/run-3');
  const answers = within(await screen.findByRole('table', { name: 'Answers' }));
  expect(answers.getByRole('row', { name: /newsletter/ })).toHaveTextContent(/spamnewsletter Incorrect12/);
});

it('shows a score of 0 of another scorer than the one of labels', async () => {
  const item = {
    ...world.items[0],
    scores: {
      label: { score: 0, reason: 'The label is not personal.' },
      exact_match: { score: 0, reason: 'The answer is not “spam”.' },
    },
  };
  visit('/runs/run-3', { but: [http.get('*/api/runs/run-3/items', () => pageOf([item]))] });
  const answers = within(await screen.findByRole('table', { name: 'Answers' }));
  expect(answers.getByText('The answer is not “spam”.')).toBeVisible();
  await expect.poll(() => answers.queryByText('The label is not personal.')).toBeNull();
});

it('leads from a cell of the confusion matrix to its answers', async () => {
  // jsdom does not scroll.
  Element.prototype.scrollIntoView = vi.fn();
  const asked: string[] = [];
  const { user, address } = visit('/runs/run-3?items=wrong&page=x', {
    but: [
      http.get('*/api/runs/run-3/items', ({ request }) => {
        asked.push(new URL(request.url).search);
        return pageOf(world.items);
      }),
    ],
  });
  const confusion = within(await screen.findByRole('table', { name: 'Confusion' }));
  expect(confusion.queryByRole('link', { name: /^0/ })).toBeNull();
  await user.click(
    confusion.getByRole('link', { name: '12 with the expected label newsletter and the answer newsletter' }),
  );
  await expect.poll(() => asked.at(-1)).toBe('?label=newsletter&prediction=newsletter&limit=50');
  expect(address()).toBe('/runs/run-3?label=newsletter&prediction=newsletter#answers');
  expect(screen.getByText(/with the expected label newsletter and the answer newsletter/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'No label' }));
  await expect.poll(() => asked.at(-1)).toBe('?unlabelled=true&label=newsletter&limit=50');
  await user.click(screen.getByRole('button', { name: 'Show all answers' }));
  await expect.poll(() => asked.at(-1)).toBe('?limit=50');
});

it('shows what a judge said with the output alone, and its cost apart', async () => {
  const judged = {
    requestDigest: 'r',
    replyDigest: 'd',
    failure: null,
    detail: null,
    replies: 1,
    promptTokens: 40,
    completionTokens: 9,
    costUsd: 0.0005,
    traceId: null,
    earlier: false,
  };
  const listed = {
    ...world.items[0],
    scores: { faithful: { score: 0.9, reason: 'The judge’s reason is shown with the output.' } },
    judged: { faithful: judged },
  };
  const whole = { ...listed, scores: { faithful: { score: 0.9, reason: 'It names 14 days.' } } };
  const { user } = visit('/runs/run-3', {
    but: [
      http.get('*/api/runs/run-3', () =>
        json({
          ...world.runs[2],
          unmeasured: { clear: 'judge clear gave no score for 3 of 40 items: it was not available (3)' },
          judging: {
            replies: 43,
            promptTokens: 1720,
            completionTokens: 387,
            cost: { amount: '0.0215', currency: 'USD' },
          },
        }),
      ),
      http.get('*/api/runs/run-3/items', () =>
        json({ items: [listed], nextPageToken: null, total: { value: 1, exact: true } }),
      ),
      http.get('*/api/runs/run-3/items/:ordinal', () =>
        json({
          item: whole,
          expected: { label: null, references: [], rubric: 'Names the deadline.', toolCalls: [], passages: [] },
          output: { message: { role: 'assistant', content: 'It takes 14 days.' } },
          replies: {},
        }),
      ),
    ],
  });
  expect(await screen.findByText(/^Clear: judge clear gave no score for 3 of 40 items/)).toBeVisible();
  expect(screen.getByText(/^\$0\.0215, not part of the variant’s cost/)).toBeVisible();
  expect(screen.queryByText(/It names 14 days/)).toBeNull();
  const [button] = await screen.findAllByRole('button', { name: /Show the output for item/ });
  await user.click(button as HTMLElement);
  expect(await screen.findByText('.900: It names 14 days.')).toBeVisible();
  expect(screen.getByText('Cost of the judge $0.0005')).toBeVisible();
});

it('shows the whole output of an item on demand', async () => {
  const { user } = visit('/runs/run-3', {
    but: [
      http.get('*/api/runs/run-3/items/:ordinal', () =>
        json({
          item: world.items[0],
          expected: { label: 'spam', references: [], rubric: null, toolCalls: [], passages: [] },
          output: {
            responseId: 'resp_1',
            model: 'gpt-x-2026-01-01',
            systemFingerprint: null,
            message: { role: 'assistant', content: '{"label":"personal"}' },
            finishReason: 'stop',
            usage: { prompt_tokens: 41, completion_tokens: 6 },
          },
        }),
      ),
    ],
  });
  const [button] = await screen.findAllByRole('button', { name: /Show the output for item/ });
  await user.click(button as HTMLElement);
  expect(await screen.findByText('gpt-x-2026-01-01')).toBeVisible();
  expect(screen.getByText('prompt tokens 41, completion tokens 6')).toBeVisible();
  expect(screen.getByText(/"role": "assistant"/)).toBeVisible();
});

it('shows no answers over test items that may still decide, and opens them for a reason', async () => {
  const sealed = { ...world.runs[2], sealed: true };
  const sent: unknown[] = [];
  const { user } = visit('/runs/run-3', {
    but: [
      http.get('*/api/runs/run-3', () => json(sent.length === 0 ? sealed : world.runs[2])),
      http.get('*/api/runs/run-3/items', () => json({ type: '/problems/sealed' }, 409)),
      http.get('*/api/suites/:digest', () =>
        json({
          ...world.suites[0],
          openingRequests: [
            {
              reason: 'The items leaked',
              requestedBy: 'max',
              requestedAt: '2026-11-30T10:00:00Z',
              expiresAt: '2026-12-07T10:00:00Z',
            },
          ],
        }),
      ),
      http.post('*/api/suites/:digest/open', async ({ request }) => {
        sent.push(await request.json());
        return json(world.suites[0]);
      }),
    ],
  });
  expect(await screen.findByText('The answers are sealed')).toBeVisible();
  expect(screen.getByRole('table', { name: 'Metrics' })).toBeVisible();
  expect(within(screen.getByRole('table', { name: 'Confusion' })).queryByRole('link')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Open the answers…' }));
  const form = await dialog();
  expect(await form.findByText(/The items leaked/)).toBeVisible();
  await user.type(form.getByLabelText(/Reason/), 'The items will be replaced');
  await user.click(form.getByRole('button', { name: 'Open the answers' }));
  await expect.poll(() => sent).toEqual([{ reason: 'The items will be replaced' }]);
  expect(await screen.findByRole('link', { name: /^12 with the expected label newsletter/ })).toBeVisible();
});
