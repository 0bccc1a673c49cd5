import { screen, waitFor, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../test/mocks/answers';
import { problem } from '../../../test/mocks/handlers';
import { apiKeys } from '../../../test/mocks/models';
import { all } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';

const secret = `${apiKeys[0]?.start}_shown-once`;

/** Opens the dialog and keeps what it sends. */
async function creating(answer: () => Response) {
  const sent: unknown[] = [];
  const { user } = visit('/settings/api-keys', {
    as: all,
    but: [
      http.post('*/api/api-keys', async ({ request }) => {
        sent.push(await request.json());
        return answer();
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Create an API key' }));
  const dialog = await screen.findByRole('dialog');
  await within(dialog).findByLabelText('mail-triage');
  return { user, dialog, sent };
}

it('lists what each key may call, until when, and who revoked it why', async () => {
  visit('/settings/api-keys');
  const table = within(await screen.findByRole('table', { name: 'API keys' }));
  const gateway = within(table.getByRole('row', { name: /Mail gateway/ }));
  expect(gateway.getByText('app/mail-triage')).toBeVisible();
  expect(gateway.getByText('local/bge-small-en-v1.5')).toBeVisible();
  expect(gateway.getByText('Active')).toBeVisible();
  expect(gateway.getByText(`${apiKeys[0]?.start}…`)).toBeVisible();
  const trial = within(table.getByRole('row', { name: /Trial/ }));
  expect(trial.getByText('every application')).toBeVisible();
  expect(trial.getByText('prompts of its applications')).toBeVisible();
  expect(trial.getByText('never')).toBeVisible();
  expect(trial.getByText(/It stood in a log/)).toBeVisible();
  expect(trial.queryByRole('button', { name: /^Revoke/ })).toBeNull();
});

it('shows what each key used, and leads to its requests', async () => {
  visit('/settings/api-keys');
  const table = within(await screen.findByRole('table', { name: 'API keys' }));
  const gateway = within(table.getByRole('row', { name: /Mail gateway/ }));
  const [day, month] = await gateway.findAllByRole('link', { name: '1,204 requests' });
  expect(day).toHaveAttribute('href', `/traces?caller=${encodeURIComponent(`api-key:${apiKeys[0]?.apiKeyId}`)}`);
  const used = '1,204 requests · 99,000 tokens · $12.50 · 3 failed';
  expect(month?.closest('td')).toHaveTextContent(`24 hours: ${used}30 days: ${used}`);
  expect(within(table.getByRole('row', { name: /Trial/ })).getAllByText('nothing')).toHaveLength(2);
});

it('shows the keys also while nobody knows what they used', async () => {
  visit('/settings/api-keys', {
    but: [http.get('*/api/usage', () => problem(503, { title: 'The service is down' }))],
  });
  const row = within(await screen.findByRole('row', { name: /Mail gateway/ }));
  expect(await row.findAllByText('unknown at the moment', undefined, { timeout: 5_000 })).toHaveLength(2);
});

it('shows a new key once, to be copied, and keeps it nowhere', async () => {
  const { user, dialog, sent } = await creating(() => json({ apiKey: apiKeys[0], key: secret }, 201));
  await user.type(within(dialog).getByLabelText(/^Name/), 'Mail gateway');
  await user.click(within(dialog).getByLabelText('mail-triage'));
  await user.click(within(dialog).getByRole('button', { name: 'Create' }));

  expect(await screen.findByText(secret)).toBeVisible();
  expect(sent).toEqual([{ name: 'Mail gateway', expiresInDays: 90, applications: ['mail-triage'] }]);
  await user.click(screen.getByRole('button', { name: 'Copy: API key' }));
  expect(await navigator.clipboard.readText()).toBe(secret);
  expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.toContain('shown-once');
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Done' }));
  await waitFor(() => expect(screen.queryByText(secret)).toBeNull());
});

it('says what to do where the answer with the key was lost', async () => {
  const { user, dialog } = await creating(() => json({ apiKey: apiKeys[0], key: null }, 201));
  await user.type(within(dialog).getByLabelText(/^Name/), 'Mail gateway');
  await user.click(within(dialog).getByLabelText('mail-triage'));
  await user.click(within(dialog).getByRole('button', { name: 'Create' }));

  expect(await screen.findByText(/Revoke it and create another one/)).toBeVisible();
});

it('wants a scope, which all applications are only when somebody says so', async () => {
  const { user, dialog, sent } = await creating(() => json({ apiKey: apiKeys[0], key: secret }, 201));
  await user.type(within(dialog).getByLabelText(/^Name/), 'Mail gateway');
  expect(within(dialog).getByRole('button', { name: 'Create' })).toHaveAttribute('aria-disabled', 'true');
  expect(within(dialog).getByText(/a key without either cannot call anything/)).toBeVisible();
  await user.click(within(dialog).getByLabelText(/^All applications of the workspace/));
  await user.type(within(dialog).getByLabelText('Models and variants'), 'local/choice-minilm');
  await user.selectOptions(within(dialog).getByLabelText('Expires after'), '30');
  await user.click(within(dialog).getByRole('button', { name: 'Create' }));

  await expect
    .poll(() => sent)
    .toEqual([{ name: 'Mail gateway', expiresInDays: 30, allApplications: true, models: ['local/choice-minilm'] }]);
});

it('lets a key read the prompts of its applications where somebody says so', async () => {
  const { user, dialog, sent } = await creating(() => json({ apiKey: apiKeys[0], key: secret }, 201));
  await user.type(within(dialog).getByLabelText(/^Name/), 'Mail gateway');
  await user.type(within(dialog).getByLabelText('Models and variants'), 'local/choice-minilm');
  await user.click(within(dialog).getByLabelText(/^The key may read the prompts/));
  await user.click(within(dialog).getByLabelText(/^The users that its calls name/));
  expect(within(dialog).getByText('Choose the application whose prompts the key may read.')).toBeVisible();
  await user.click(within(dialog).getByLabelText('mail-triage'));
  await user.click(within(dialog).getByRole('button', { name: 'Create' }));

  await expect.poll(() => sent).toMatchObject([{ applications: ['mail-triage'], prompts: true, namesUsers: true }]);
});

it('shows why no further key can be created', async () => {
  const { user, dialog } = await creating(() =>
    problem(409, { title: 'The workspace has as many API keys as it may', detail: 'Revoke one that is not used.' }),
  );
  await user.type(within(dialog).getByLabelText(/^Name/), 'Mail gateway');
  await user.click(within(dialog).getByLabelText('mail-triage'));
  await user.click(within(dialog).getByRole('button', { name: 'Create' }));

  expect(await within(dialog).findByText(/Revoke one that is not used/)).toBeVisible();
});

it('shows at its field which model nothing answers to', async () => {
  const { user, dialog } = await creating(() =>
    problem(422, {
      title: 'The request cannot be carried out',
      detail: "There is no model 'gpt-4o' in your workspace. Did you mean 'acme-llm/gpt-4o'?",
      errors: [{ pointer: '/models/0', detail: 'must be a model or variant of your workspace' }],
    }),
  );
  await user.type(within(dialog).getByLabelText(/^Name/), 'Mail gateway');
  await user.type(within(dialog).getByLabelText('Models and variants'), 'gpt-4o');
  await user.click(within(dialog).getByRole('button', { name: 'Create' }));

  expect(await within(dialog).findByText(/Did you mean 'acme-llm\/gpt-4o'/)).toBeVisible();
  expect(within(dialog).getByLabelText('Models and variants')).toHaveAccessibleDescription(
    /must be a model or variant/,
  );
});

it('revokes with a reason', async () => {
  let sent: unknown;
  const { user } = visit('/settings/api-keys', {
    as: all,
    but: [
      http.post('*/api/api-keys/:id/revoke', async ({ request, params }) => {
        sent = { id: params['id'], ...((await request.json()) as object) };
        return json(apiKeys[1]);
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Revoke Mail gateway' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText(/^Reason/), 'It leaked');
  await user.click(within(dialog).getByRole('button', { name: 'Revoke' }));

  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(sent).toEqual({ id: apiKeys[0]?.apiKeyId, reason: 'It leaked' });
});

it('offers revoking only to who operates', async () => {
  visit('/settings/api-keys');
  expect(await screen.findByRole('button', { name: 'Revoke Mail gateway' })).toHaveAttribute('aria-disabled', 'true');
});

it('says that there is no key yet', async () => {
  visit('/settings/api-keys', { scenario: 'empty' });
  expect(await screen.findByText('No API keys yet')).toBeVisible();
});
