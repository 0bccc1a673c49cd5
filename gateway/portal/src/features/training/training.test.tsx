import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../test/mocks/answers';
import { split } from '../../../test/mocks/datasets';
import { problem } from '../../../test/mocks/handlers';
import { finished, jobs, sweep } from '../../../test/mocks/models';
import { visit } from '../../../test/portal';

const form = '/training/new?app=mail-triage&split=mails/2';
const defaults = {
  learningRate: 0.002,
  epochs: 20,
  batchSize: 64,
  weightDecay: 0.01,
  patience: 5,
  maxTokens: 128,
  logitScale: 20,
};

it('offers the datasets of labelled texts alone', async () => {
  visit('/training/new');
  const datasets = await screen.findByLabelText(/^Dataset/);
  expect(await within(datasets).findByRole('option', { name: 'mails' })).toBeInTheDocument();
  expect(within(datasets).queryByRole('option', { name: 'ratings' })).toBeNull();
});

it('shows what evidence is missing while the phase is locked, and the ways on', async () => {
  let sent: unknown;
  const { user } = visit(form, {
    but: [
      http.post('*/api/training-jobs', async ({ request }) => {
        sent = await request.json();
        return problem(409, {
          type: '/problems/phase-locked',
          title: "The application's fine-tuning phase is not open",
          missing: ['A verdict on retrieval'],
        });
      }),
    ],
  });
  const train = await screen.findByRole('button', { name: 'Train' });
  await expect.poll(() => train.getAttribute('aria-disabled')).not.toBe('true');
  await user.click(train);
  expect(await screen.findByText('A verdict on retrieval')).toBeVisible();
  expect(screen.getByRole('link', { name: 'request a waiver' })).toHaveAttribute(
    'href',
    '/apps/mail-triage?tab=waivers',
  );
  expect(sent).toEqual({
    application: 'mail-triage',
    baseModel: 'local/choice-bge-small',
    splitDigest: split.splitDigest,
    method: 'HEAD',
    hyperparameters: defaults,
    seed: 1,
  });
});

it('makes a sweep of several values and opens it', async () => {
  let sent: unknown;
  const { user, address } = visit(form, {
    but: [
      http.post('*/api/sweeps', async ({ request }) => {
        sent = await request.json();
        return json(sweep, 202);
      }),
    ],
  });
  const rate = await screen.findByLabelText('Learning rate');
  await user.clear(rate);
  await user.type(rate, '0.002, 0.01');
  const search = await screen.findByRole('button', { name: 'Sweep 2 combinations' });
  await expect.poll(() => search.getAttribute('aria-disabled')).not.toBe('true');
  await user.click(search);
  await expect.poll(address).toBe(`/sweeps/${sweep.sweepId}`);
  expect(sent).toMatchObject({
    grid: { learningRate: [0.002, 0.01] },
    hyperparameters: { epochs: 20 },
    metric: 'macro_f1',
  });
});

it('ranks the trials of a sweep and links the best to the registry', async () => {
  visit(`/sweeps/${sweep.sweepId}`);
  const rows = within(await screen.findByRole('table', { name: 'Trials' })).getAllByRole('row');
  expect(rows[1]).toHaveTextContent('best');
  expect(screen.getByRole('link', { name: 'Register it as a model version' })).toHaveAttribute(
    'href',
    `/models?register=${finished.jobId}`,
  );
});

it('pauses a running job', async () => {
  let paused = false;
  const [running] = jobs;
  const { user } = visit(`/training/${running?.jobId}`, {
    but: [
      http.get('*/api/training-jobs/:id', () => json({ ...running, state: paused ? 'PAUSED' : 'RUNNING' })),
      http.post('*/api/training-jobs/:id/pause', () => {
        paused = true;
        return json({ ...running, state: 'PAUSED' });
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Pause' }));
  expect(await screen.findByRole('button', { name: 'Resume' })).toBeVisible();
});
