import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../test/mocks/answers';
import { problem } from '../../../test/mocks/handlers';
import { all } from '../../../test/mocks/world';
import { pilot } from '../../../test/mocks/workspaces';
import { visit } from '../../../test/portal';

it('warns of a role that nobody in a workspace has', async () => {
  visit('/settings/workspaces', { as: all });
  const row = (await screen.findByText('pilot')).closest('tr') as HTMLElement;
  expect(await within(row).findByText('approver')).toBeVisible();
  expect(within(row).getByText('Nobody can approve releases, labels and aliases.')).toBeVisible();
});

it('offers nothing in an archived workspace, and no archive of the operator’s', async () => {
  visit('/settings/workspaces', { as: all });
  await screen.findByText('trial');
  expect(screen.queryByRole('button', { name: 'Configure trial' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Archive acme' })).toBeNull();
  expect(screen.getByText('The trial has ended.')).toBeVisible();
});

it('creates a workspace from what was typed', async () => {
  let sent: unknown;
  const { user } = visit('/settings/workspaces', {
    as: all,
    but: [
      http.post('*/api/workspaces', async ({ request }) => {
        sent = await request.json();
        return json(pilot, 201);
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Create a workspace' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText(/^Name/), 'support-emea');
  await user.type(within(dialog).getByLabelText('Regions'), 'de, gb');
  await user.clear(within(dialog).getByLabelText(/^Currency/));
  await user.type(within(dialog).getByLabelText(/^Currency/), 'eur');
  await user.type(within(dialog).getByLabelText('Cost of an hour'), 'ml-engineer 95.50');
  await user.type(within(dialog).getByLabelText('Quotas'), 'prompts 500');
  await user.click(within(dialog).getByRole('button', { name: 'Create' }));
  await expect
    .poll(() => sent)
    .toEqual({
      name: 'support-emea',
      regions: ['DE', 'GB'],
      currency: 'EUR',
      roleRates: [{ role: 'ml-engineer', perHour: '95.50' }],
      quotas: [{ kind: 'prompts', limit: 500 }],
    });
});

it('replaces the configuration of the version that was shown', async () => {
  let sent: unknown;
  let tag: string | null = null;
  const { user } = visit('/settings/workspaces', {
    as: all,
    but: [
      http.put('*/api/workspaces/:id', async ({ request }) => {
        sent = await request.json();
        tag = request.headers.get('if-match');
        return json(pilot);
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Configure pilot' }));
  const dialog = await screen.findByRole('dialog');
  await user.clear(within(dialog).getByLabelText('Days to keep contents'));
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  await expect.poll(() => tag).toBe('"4"');
  expect(sent).toEqual({
    name: 'pilot',
    regions: ['DE', 'GB'],
    currency: 'EUR',
    roleRates: [{ role: 'ml-engineer', perHour: '95.00' }],
    quotas: [{ kind: 'prompts', limit: 500 }],
  });
});

it('says at the field which line of the rates is wrong', async () => {
  const { user } = visit('/settings/workspaces', { as: all });
  await user.click(await screen.findByRole('button', { name: 'Configure pilot' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText('Cost of an hour'), '{Enter}ninety euros');
  expect(within(dialog).getByLabelText('Cost of an hour')).toHaveAccessibleDescription(
    /^Enter a role and an amount per line: ml-engineer 95/,
  );
});

it('shows why a workspace is not archived', async () => {
  const { user } = visit('/settings/workspaces', {
    as: all,
    but: [
      http.post('*/api/workspaces/:id/archive', () =>
        problem(403, {
          title: 'Only an administrator of the operator’s workspace may do this',
          detail: 'To archive a workspace, ask an administrator of the operator’s workspace.',
        }),
      ),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Archive pilot' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText(/^Reason/), 'The pilot has ended.');
  await user.click(within(dialog).getByRole('button', { name: 'Archive' }));
  expect(await within(dialog).findByText(/ask an administrator of the operator’s workspace/)).toBeVisible();
});
