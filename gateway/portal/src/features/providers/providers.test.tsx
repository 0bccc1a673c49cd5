import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../test/mocks/answers';
import { problem } from '../../../test/mocks/handlers';
import { providers } from '../../../test/mocks/models';
import { all } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';

it('connects a provider and keeps its key out of what the tab stores', async () => {
  let sent: unknown;
  const { user } = visit('/settings/providers', {
    as: all,
    but: [
      http.post('*/api/providers', async ({ request }) => {
        sent = await request.json();
        return json(providers[0], 201);
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Connect a provider' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText(/^Name/), 'acme-llm');
  await user.type(within(dialog).getByLabelText(/^Base URL/), 'https://llm.example.com/v1');
  await user.type(within(dialog).getByLabelText('API key'), 'sk-secret');
  await user.type(within(dialog).getByLabelText(/^Deadline/), '900');
  await user.selectOptions(within(dialog).getByLabelText(/^Response formats/), 'json_object');
  expect(JSON.stringify({ ...sessionStorage })).not.toContain('sk-secret');
  await user.click(within(dialog).getByRole('button', { name: 'Connect' }));
  await expect
    .poll(() => sent)
    .toEqual({
      name: 'acme-llm',
      kind: 'openai-compatible',
      baseUrl: 'https://llm.example.com/v1',
      apiKey: 'sk-secret',
      deadlineSeconds: 900,
      responseFormats: 'json_object',
    });
});

it.each([
  ['Anthropic', 'anthropic', 'https://api.anthropic.com/v1'],
  ['Google Gemini', 'gemini', 'https://generativelanguage.googleapis.com/v1beta'],
])('connects %s by its own protocol and says where it is', async (label, kind, baseUrl) => {
  let sent: unknown;
  const { user } = visit('/settings/providers', {
    as: all,
    but: [
      http.post('*/api/providers', async ({ request }) => {
        sent = await request.json();
        return json(providers[0], 201);
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Connect a provider' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText(/^Name/), 'acme-llm');
  await user.selectOptions(within(dialog).getByLabelText(/^Protocol/), label);
  expect(within(dialog).getByLabelText(/^Base URL/)).toHaveAccessibleDescription(new RegExp(`Usually ${baseUrl},`));
  await user.type(within(dialog).getByLabelText(/^Base URL/), baseUrl);
  await user.click(within(dialog).getByRole('button', { name: 'Connect' }));
  await expect.poll(() => sent).toEqual({ name: 'acme-llm', kind, baseUrl });
});

it('shows a refused address at its field', async () => {
  const refusal = problem(422, {
    title: 'The address is refused',
    errors: [{ pointer: '/baseUrl', detail: 'leads into this network' }],
  });
  const { user } = visit('/settings/providers', { as: all, but: [http.post('*/api/providers', () => refusal)] });
  await user.click(await screen.findByRole('button', { name: 'Connect a provider' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText(/^Name/), 'inner');
  await user.type(within(dialog).getByLabelText(/^Base URL/), 'http://10.0.0.1/v1');
  await user.click(within(dialog).getByRole('button', { name: 'Connect' }));
  await within(dialog).findByRole('alert');
  expect(within(dialog).getByLabelText(/^Base URL/)).toHaveAccessibleDescription(/leads into this network/);
});

it('offers connecting and removing only to administrators', async () => {
  visit('/settings/providers');
  expect(await screen.findByRole('button', { name: 'Remove acme-llm' })).toHaveAttribute('aria-disabled', 'true');
});
