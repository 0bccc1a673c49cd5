import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import type { Probe } from './providers';
import { json, pageOf } from '../../../test/mocks/answers';
import { problem } from '../../../test/mocks/handlers';
import { baseModels, indexes, providers } from '../../../test/mocks/models';
import { all, vera } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';
import { dialog, only, taking } from '../../../test/requests';

const address = '/settings/providers/acme-llm';
const [provider] = providers;
const digest = provider?.connectionDigest ?? '';
const button = (name: string) => screen.findByRole('button', { name });

/** The last request of a kind, and its answer. */
function keeping(method: 'put' | 'patch', path: string, answer: unknown = {}) {
  const kept: { url: string; body: unknown; tag: string | null }[] = [];
  const handler = http[method](path, async ({ request }) => {
    kept.push({ url: new URL(request.url).pathname, body: await request.json(), tag: request.headers.get('if-match') });
    return json(answer);
  });
  return { kept, handler };
}

it('is linked from the table, and shows the connection, the prices and what uses it', async () => {
  const { user } = visit('/settings/providers', { as: all });
  await user.click(await screen.findByRole('link', { name: 'acme-llm' }));
  expect(await screen.findByText('https://llm.example.com/v1')).toBeVisible();
  const prices = within(await screen.findByRole('table', { name: 'Models and prices' }));
  expect(prices.getByRole('row', { name: /acme-llm\/large Chat 128,000 \$0.15 \$0.075 \$0.6/ })).toBeVisible();
  expect(prices.getByRole('row', { name: /acme-llm\/small — — — — — —/ })).toBeVisible();
  const uses = await screen.findByRole('table', { name: 'Variants that use acme-llm' });
  expect(within(uses).getByText('Fallback 2: acme-llm/large')).toBeVisible();
});

it('shows the indexes whose encoder the connection is', async () => {
  visit(address, {
    as: all,
    but: [
      http.get('*/api/indexes', ({ request }) =>
        pageOf(new URL(request.url).searchParams.get('connectionDigest') === digest ? indexes.slice(0, 2) : []),
      ),
    ],
  });
  expect(await screen.findByRole('link', { name: 'mails-long' })).toHaveAttribute(
    'href',
    `/indexes/${indexes[0]?.indexId ?? ''}`,
  );
  expect(screen.getByText(/Embeds for 2 indexes, the newest/)).toBeVisible();
});

it('replaces the key of the connection that it shows, and keeps it nowhere', async () => {
  const { kept, handler } = keeping('put', '*/api/providers/acme-llm/api-key', provider);
  const { user } = visit(address, { as: all, but: [handler] });
  await user.click(await button('Replace the API key'));
  const form = await dialog();
  await user.type(form.getByLabelText(/^New API key/), 'sk-secret');
  expect(form.getByLabelText(/^New API key/)).toHaveAttribute('type', 'password');
  expect(JSON.stringify({ ...sessionStorage })).not.toContain('sk-secret');
  await user.click(form.getByRole('button', { name: 'Replace' }));
  await expect.poll(() => kept[0]?.body).toEqual({ apiKey: 'sk-secret', connectionDigest: digest });
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
});

it('shows a refused key at its field', async () => {
  const refusal = problem(400, { title: 'Refused', errors: [{ pointer: '/apiKey', detail: 'must be visible ASCII' }] });
  const { user } = visit(address, { as: all, but: [http.put('*/api/providers/acme-llm/api-key', () => refusal)] });
  await user.click(await button('Replace the API key'));
  const form = await dialog();
  await user.type(form.getByLabelText(/^New API key/), 'ä');
  await user.click(form.getByRole('button', { name: 'Replace' }));
  await form.findByRole('alert');
  expect(form.getByLabelText(/^New API key/)).toHaveAccessibleDescription(/must be visible ASCII/);
});

it('connects to another address with a key of its own, and says what keeps the former', async () => {
  const { sent, handler } = taking('*/api/providers/acme-llm/connections', provider, 200);
  const { user } = visit(address, { as: all, but: [handler] });
  await user.click(await button('Connect to another address'));
  const form = await dialog();
  expect(form.getByText(/Existing variants, including released ones, keep their address/)).toBeVisible();
  expect(form.getByLabelText('API key')).toHaveAccessibleDescription(/enter it again/);
  const url = form.getByLabelText(/^Base URL/);
  expect(url).toHaveValue('https://llm.example.com/v1');
  await user.clear(url);
  await user.type(url, 'https://eu.example.com/v1');
  await user.type(form.getByLabelText('API key'), 'sk-secret');
  expect(JSON.stringify({ ...sessionStorage })).toContain('eu.example.com');
  expect(JSON.stringify({ ...sessionStorage })).not.toContain('sk-secret');
  await user.click(form.getByRole('button', { name: 'Connect' }));
  await expect
    .poll(() => sent)
    .toEqual([
      {
        baseUrl: 'https://eu.example.com/v1',
        apiKey: 'sk-secret',
        deadlineSeconds: 600,
        responseFormats: 'json_schema',
        passedFields: [],
      },
    ]);
});

it('changes prices on top of what was read, whatever slashes the model has', async () => {
  const name = 'acme-llm/Qwen/Qwen3-8B';
  const listed = { ...baseModels[2], name };
  const { kept, handler } = keeping('patch', '*/api/base-models/acme-llm/Qwen/Qwen3-8B', listed);
  const { user } = visit(address, {
    as: all,
    but: [
      only('*/api/base-models', [listed]),
      http.get(/\/api\/base-models\/acme-llm\/Qwen\/Qwen3-8B$/, () => {
        const answer = json(listed);
        answer.headers.set('ETag', '"7"');
        return answer;
      }),
      handler,
    ],
  });
  await user.click(await button(`Change prices of ${name}`));
  const form = await dialog();
  const input = await form.findByLabelText(/^Input/);
  await user.clear(input);
  await user.type(input, '0.10');
  await user.click(form.getByRole('button', { name: 'Save' }));
  await expect
    .poll(() => kept)
    .toEqual([
      {
        url: '/api/base-models/acme-llm/Qwen/Qwen3-8B',
        tag: '"7"',
        body: {
          inputPerMillion: { amount: '0.10', currency: 'USD' },
          cachedInputPerMillion: { amount: '0.075', currency: 'USD' },
          outputPerMillion: { amount: '0.6', currency: 'USD' },
          contextWindow: 128_000,
          licence: 'Terms of Acme',
        },
      },
    ]);
});

it('builds on what somebody else saved meanwhile, when it is saved again', async () => {
  const tags: (string | null)[] = [];
  const { user } = visit(address, {
    as: all,
    but: [
      http.get('*/api/base-models/acme-llm/large', () => {
        const answer = json(baseModels[2]);
        answer.headers.set('ETag', `"${tags.length}"`);
        return answer;
      }),
      http.patch('*/api/base-models/acme-llm/large', ({ request }) => {
        tags.push(request.headers.get('if-match'));
        return tags.length === 1 ? problem(412, { title: 'Changed meanwhile' }) : json(baseModels[2]);
      }),
    ],
  });
  await user.click(await button('Change prices of acme-llm/large'));
  const form = await dialog();
  const cached = await form.findByLabelText('Cached input');
  await user.clear(cached);
  expect(cached).toHaveAccessibleDescription(/which stays until you enter another/);
  await user.type(cached, '0.05');
  await user.click(form.getByRole('button', { name: 'Save' }));
  expect(await form.findByText(/Save again to overwrite it with yours/)).toBeVisible();
  await user.click(form.getByRole('button', { name: 'Save' }));
  await expect.poll(() => tags).toEqual(['"0"', '"1"']);
});

it('lists a model that has no prices yet, and shows a refused one at its field', async () => {
  let sent: unknown;
  const { user } = visit(address, {
    as: all,
    but: [
      http.post('*/api/base-models', async ({ request }) => {
        sent = await request.json();
        return problem(400, { title: 'Refused', errors: [{ pointer: '/outputPerMillion', detail: 'is too much' }] });
      }),
    ],
  });
  await user.click(await button('Enter prices of acme-llm/small'));
  const form = await dialog();
  expect(form.getByRole('textbox', { name: 'Model' })).toHaveValue('small');
  await user.type(form.getByLabelText(/^Input/), '1');
  await user.type(form.getByLabelText(/^Output/), '200000');
  await user.type(form.getByLabelText(/^Context window/), '32000');
  await user.type(form.getByLabelText(/^Licence or terms/), 'MIT');
  await user.click(form.getByRole('button', { name: 'List' }));
  await form.findByRole('alert');
  expect(form.getByLabelText(/^Output/)).toHaveAccessibleDescription(/is too much/);
  expect(sent).toEqual({
    name: 'acme-llm/small',
    kind: 'CHAT',
    inputPerMillion: { amount: '1', currency: 'USD' },
    outputPerMillion: { amount: '200000', currency: 'USD' },
    contextWindow: 32_000,
    licence: 'MIT',
  });
});

it('offers changes only to those who may make them', async () => {
  visit(address, { as: vera });
  expect(await button('Replace the API key')).toHaveAttribute('aria-disabled', 'true');
  expect(await button('Connect to another address')).toHaveAttribute('aria-disabled', 'true');
  expect(await button('Test the connection')).toHaveAttribute('aria-disabled', 'true');
  expect(await button('Change prices of acme-llm/large')).toHaveAttribute('aria-disabled', 'true');
});

const works: Probe = {
  provider: 'acme-llm',
  connectionDigest: digest,
  ready: true,
  reachable: true,
  address: 'CORRECT',
  suggestedBaseUrl: null,
  apiKey: 'ACCEPTED',
  models: ['small', 'large'],
  moreModels: true,
  unlistedModels: [],
  call: null,
  findings: ['The server answers at the base URL.', 'The server accepts the API key.'],
};

it('tests the connection without a call, and shows what was found', async () => {
  const { sent, handler } = taking('*/api/providers/acme-llm/probe', works, 200);
  const { user } = visit(address, { as: all, but: [handler] });
  await user.click(await button('Test the connection'));
  expect(await screen.findByText(/The connection works/)).toBeVisible();
  expect(screen.getByText('The server accepts the API key.')).toBeVisible();
  expect(screen.getByText(/^The server lists/)).toHaveTextContent('The server lists small, large and others.');
  expect(sent).toEqual([{}]);
});

it('calls a model where one is named, and leads to its trace', async () => {
  const call = {
    model: 'small',
    answered: true,
    requestId: '0190f000-0000-7000-8000-0000000000f9',
    inputTokens: 10,
    outputTokens: 2,
    cost: { amount: '0.5', currency: 'USD' },
  };
  const { sent, handler } = taking('*/api/providers/acme-llm/probe', { ...works, call }, 200);
  const { user } = visit(address, { as: all, but: [handler] });
  await user.type(await screen.findByLabelText('Model to call (optional)'), ' small ');
  await user.click(await button('Test the connection'));
  const trace = await screen.findByRole('link', { name: 'its trace' });
  expect(trace).toHaveAttribute('href', `/traces/${call.requestId}`);
  expect(trace.closest('p')).toHaveTextContent('10 input tokens and 2 output tokens, which cost $0.5');
  expect(sent).toEqual([{ model: 'small' }]);
});

it.each([
  ['The connection does not work', { ready: false, apiKey: 'REFUSED' }],
  ['The connection does not work', { ready: false, reachable: false, address: 'NOT_CHECKED' }],
  ['The connection does not work', { ready: false, address: 'VERSION_MISSING' }],
  ['The test could not determine whether calls work', { ready: false, address: 'NOT_FOUND', apiKey: 'NOT_CHECKED' }],
  ['The server answers, but not everything could be checked', { unlistedModels: ['small'] }],
  ['The server answers, but not everything could be checked', { apiKey: 'NOT_CHECKED' }],
])('says "%s" for %o', async (title, found) => {
  const { handler } = taking('*/api/providers/acme-llm/probe', { ...works, ...found }, 200);
  const { user } = visit(address, { as: all, but: [handler] });
  await user.click(await button('Test the connection'));
  expect(await screen.findByText(new RegExp(title))).toBeVisible();
});

it('says when it was tested a moment ago, and forgets what was found once the key may be another', async () => {
  const answers = [
    () => json(works),
    () => problem(429, { title: 'The connection was tested a moment ago', detail: 'Test it again in 5 seconds.' }),
  ];
  const { user } = visit(address, {
    as: all,
    but: [http.post('*/api/providers/acme-llm/probe', () => answers.shift()?.() ?? json(works))],
  });
  await user.click(await button('Test the connection'));
  expect(await screen.findByText(/The connection works/)).toBeVisible();
  await user.click(await button('Test the connection'));
  expect(await screen.findByText('Test it again in 5 seconds.')).toBeVisible();
  expect(screen.queryByText(/The connection works/)).toBeNull();
  await user.click(await button('Test the connection'));
  expect(await screen.findByText(/The connection works/)).toBeVisible();
  await user.click(await button('Replace the API key'));
  await user.click((await dialog()).getByRole('button', { name: 'Cancel' }));
  expect(screen.queryByText(/The connection works/)).toBeNull();
});

it('says which prices wait for another person', async () => {
  const requested = {
    proposalId: 'pp-1',
    model: 'acme-llm/large',
    inputPerMillion: { amount: '0.2', currency: 'USD' },
    outputPerMillion: { amount: '0.7', currency: 'USD' },
  };
  visit(address, { as: all, but: [only('*/api/price-proposals', [requested])] });
  expect(await screen.findByText(/\$0.2 and \$0.7 wait for/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Withdraw the prices of acme-llm/large' })).toBeNull();
});

it('withdraws prices that the person proposed, and shows why it was refused', async () => {
  const mine = {
    proposalId: 'pp-2',
    model: 'acme-llm/large',
    inputPerMillion: { amount: '0.2', currency: 'USD' },
    outputPerMillion: { amount: '0.7', currency: 'USD' },
    requester: all.subject,
  };
  const sent: unknown[] = [];
  const { user } = visit(address, {
    as: all,
    but: [
      only('*/api/price-proposals', [mine]),
      http.post('*/api/price-proposals/:id/withdraw', ({ params }) => {
        sent.push(params['id']);
        return problem(409, { title: 'The proposal is no longer open' });
      }),
    ],
  });
  await user.click(await button('Withdraw the prices of acme-llm/large'));
  expect(await screen.findByText('The proposal is no longer open')).toBeVisible();
  expect(sent).toEqual(['pp-2']);
});

it('says who states that a model was tuned, and where that is confirmed', async () => {
  const stated = { statementId: 'ts-1', model: 'acme-llm/small', statedBy: all.subject, state: 'PROPOSED' };
  visit(address, { as: all, but: [only('*/api/tuning-statements', [stated])] });
  const link = await screen.findByRole('link', { name: 'confirmation' });
  expect(link).toHaveAttribute('href', '/models?tab=tuned');
  expect(link.closest('td')).toHaveTextContent(/Tuned by its provider, as .*\(you\) states/);
});
