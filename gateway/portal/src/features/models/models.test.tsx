import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../test/mocks/answers';
import { finished, modelVersions } from '../../../test/mocks/models';
import { visit } from '../../../test/portal';

it('registers the job that led here as the first version of a new model', async () => {
  const sent: unknown[] = [];
  const keep = async ({ request }: { request: Request }) => {
    sent.push(await request.json());
    return json(modelVersions[0], 201);
  };
  const { user, address } = visit(`/models?register=${finished.jobId}`, {
    but: [http.post('*/api/models', keep), http.post('*/api/models/mail-triage/versions', keep)],
  });
  const dialog = await screen.findByRole('dialog');
  await within(dialog).findByText(/A new model; variants call it mail-triage@1/);
  await user.click(within(dialog).getByRole('button', { name: 'Register' }));
  await expect.poll(address).toBe('/models/mail-triage/versions/1');
  expect(sent).toEqual([
    { name: 'mail-triage', description: '' },
    { jobId: finished.jobId, description: '' },
  ]);
});

it('says of the protected alias that its move waits for another person', async () => {
  const { user } = visit('/models/mail-head');
  const form = await screen.findByRole('form', { name: 'Move an alias' });
  await user.click(within(form).getByRole('button', { name: 'Move' }));
  expect(await screen.findByText(/champion moves to v1 once another person approves/)).toBeVisible();
  expect(screen.getByRole('table', { name: 'Moves of champion' })).toHaveTextContent('First one measured');
});

it('shows the card of a version: its use, its limits and its lineage', async () => {
  visit('/models/mail-head/versions/1');
  expect(await screen.findByText('Knows the labels above and no others.')).toBeVisible();
  expect(screen.getByText('mail-head@1')).toBeVisible();
  expect(screen.getByText('learning rate 0.01 · epochs 30')).toBeVisible();
});

it('lists the prices in force', async () => {
  visit('/models?tab=base');
  expect(await screen.findByText('local/choice-bge-small')).toBeVisible();
  expect(screen.getAllByText('$0.003')).toHaveLength(2);
});
