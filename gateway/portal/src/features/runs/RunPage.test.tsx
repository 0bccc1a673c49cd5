import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../test/mocks/answers';
import { visit } from '../../../test/portal';

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

it('distinguishes an item without an answer from one with an incorrect answer', async () => {
  const item = {
    itemId: 'item-9',
    ordinal: 9,
    perturbation: 'NONE',
    label: 'spam',
    prediction: null,
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
        json({ row: { id: 'item-1', text: 'Weekly offers', label: 'spam', metadata: {} }, origins: [], uses: [] }),
      ),
    ],
  });
  expect(await screen.findAllByRole('row', { name: /personal/ })).not.toHaveLength(0);
  await user.click(screen.getByRole('button', { name: 'Incorrect only' }));
  const answers = await screen.findByRole('table', { name: 'Answers' });
  await expect.poll(() => within(answers).queryByText('Lower case')).toBeNull();
  expect(address()).toBe('/runs/run-3?items=wrong');
  await user.click(screen.getByRole('button', { name: 'Show the text of item item-1' }));
  expect(await screen.findByText('Weekly offers')).toBeVisible();
});
