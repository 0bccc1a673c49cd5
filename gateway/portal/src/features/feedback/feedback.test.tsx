import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { visit } from '../../../test/portal';

it('lists what was said of answers, and leads to their traces', async () => {
  visit('/feedback');
  const table = await screen.findByRole('table', { name: 'Feedback' });
  const [first, second] = within(table).getAllByRole('row').slice(1);
  if (first === undefined || second === undefined) throw new Error('no rows');
  expect(first).toHaveTextContent('mail-triage canarycorrectnessIncorrect0.25Masked');
  expect(second).toHaveTextContent('toneCorrect——');
  expect(within(first).getByRole('link', { name: 'trace of 2026-11-25' })).toHaveAttribute(
    'href',
    '/traces/chatcmpl-AAGiHQK34XP6ndMSqR2dHsAB',
  );
});

it('keeps the filters in the address and clears them where nothing matches', async () => {
  const { user, address } = visit('/feedback');
  await user.type(await screen.findByLabelText('Metric'), 'tone');
  await user.selectOptions(screen.getByLabelText('Judged'), 'Incorrect');
  await user.click(screen.getByRole('button', { name: 'Search' }));
  expect(address()).toBe('/feedback?metric=tone&correct=false');
  await user.click(await screen.findByRole('button', { name: 'Clear all filters' }));
  expect(await screen.findByRole('table', { name: 'Feedback' })).toBeVisible();
  expect(address()).toBe('/feedback');
});

it('says how the first one comes to be', async () => {
  visit('/feedback', { scenario: 'empty' });
  expect(await screen.findByText('No feedback in the last 30 days')).toBeVisible();
});

it('says what failed', async () => {
  visit('/feedback', { scenario: 'error' });
  expect(await screen.findByText('The service is down')).toBeVisible();
});
