import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it, vi } from 'vitest';
import { json, pageOf } from '../../../test/mocks/answers';
import { problem } from '../../../test/mocks/handlers';
import { all, cleo, vera } from '../../../test/mocks/world';
import { apiKey } from '../../../test/mocks/models';
import { foundPassages } from '../../../test/mocks/passages';
import { feedback, histogram, traces } from '../../../test/mocks/traces';
import { visit } from '../../../test/portal';
import { dialog, taking } from '../../../test/requests';

const canary = '/traces/0190e000-0000-7000-8000-0000000000a1';

it('lists what was called with its status, duration, tokens and cost', async () => {
  visit('/traces');
  const table = await screen.findByRole('table', { name: 'Traces' });
  const [first, , second] = within(table).getAllByRole('row').slice(1);
  if (first === undefined || second === undefined) throw new Error('no rows');
  expect(first).toHaveTextContent('mail-triage@production canary');
  expect(within(first).getByText('acme-llm/large')).toBeVisible();
  expect(first).toHaveTextContent('1.25 s');
  expect(first).toHaveTextContent('312.3 ms');
  expect(first).toHaveTextContent('1,204 in, 86 out');
  expect(within(second).getByText('provider_timeout')).toBeVisible();
  expect(second).toHaveTextContent('acme-llm/large');
});

it('lists the beginnings of question and answer for those who may read them, and says so to others', async () => {
  visit('/traces', { as: all });
  const table = await screen.findByRole('table', { name: 'Traces' });
  expect(within(table).getByRole('row', { name: /spam/ })).toHaveTextContent('Write to <EMAIL>spam');
  expect(screen.queryByText(/^Questions and answers are shown to/)).toBeNull();
  visit('/traces', { as: vera });
  expect(await screen.findByText(/^Questions and answers are shown to/)).toBeVisible();
});

it('draws calls and errors over time with the filters of the list, and narrows the time by the table', async () => {
  const { filters, handler } = searched('*/api/traces/histogram', histogram);
  const { user, address } = visit('/traces?origin=PRODUCTION&from=2026-11-25&to=2026-11-25&page=x', { but: [handler] });
  expect(await screen.findByRole('img', { name: '1,240 calls and 3 errors over time' })).toBeVisible();
  expect(filters.at(-1)).toEqual({
    origin: 'PRODUCTION',
    from: '2026-11-25T00:00:00Z',
    to: '2026-11-26T00:00:00.000Z',
  });
  await user.click(screen.getByRole('button', { name: 'Calls over time as a table' }));
  const table = within(screen.getByRole('table', { name: 'Calls over time' }));
  expect(table.getAllByRole('row')).toHaveLength(3);
  await user.click(table.getByRole('button', { name: /01:10:00/ }));
  await expect
    .poll(address)
    .toBe('/traces?origin=PRODUCTION&from=2026-11-25T01%3A10%3A00.000Z&to=2026-11-25T01%3A15%3A00.000Z');
});

it('keeps the typed user when the time is narrowed, within the period of the histogram', async () => {
  const { filters, handler } = searched();
  const [, ...buckets] = histogram.buckets;
  const started = json({ ...histogram, from: '2026-11-25T01:07:00Z', bucketSeconds: 3_600, buckets });
  const { user, address } = visit('/traces', {
    but: [handler, http.get('*/api/traces/histogram', () => started.clone())],
  });
  await user.type(await screen.findByLabelText('User'), 'jane-17');
  await user.click(screen.getByRole('button', { name: 'Search' }));
  await waitFor(() => expect(filters.at(-1)).toEqual({ user: 'jane-17' }));
  expect(await screen.findByText('Arrival, by hour')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Calls over time as a table' }));
  await user.click(await screen.findByRole('button', { name: /01:05:00/ }));
  const period = { from: '2026-11-25T01:07:00.000Z', to: '2026-11-25T01:15:00.000Z' };
  await waitFor(() => expect(filters.at(-1)).toEqual({ user: 'jane-17', ...period }));
  expect(address()).not.toContain('jane');
  expect(screen.getByLabelText('User')).toHaveValue('jane-17');
});

it('says for which periods it draws calls over time', async () => {
  const { filters, handler } = searched('*/api/traces/histogram', histogram);
  visit('/traces?from=2026-10-01&to=2026-11-01', { but: [handler] });
  expect(await screen.findByText('Calls over time are shown for a period of at most 31 days.')).toBeVisible();
  expect(await screen.findByRole('table', { name: 'Traces' })).toBeVisible();
  expect(filters).toEqual([]);
});

it('draws nothing for a single trace, which is no period', async () => {
  visit('/traces?traceId=4bf92f3577b34da6a3ce929d0e0e4736');
  expect(await screen.findByRole('table', { name: 'Traces' })).toBeVisible();
  expect(screen.queryByRole('img', { name: /over time/ })).toBeNull();
});

it('suggests the names of variants and API keys, and filters by any others', async () => {
  const { filters, handler } = searched();
  const { user } = visit('/traces?variant=ab12', { but: [handler] });
  const caller = await screen.findByLabelText('Caller');
  await waitFor(() => expect(suggestionsOf(caller)).toContainEqual([`api-key:${apiKey.apiKeyId}`, apiKey.name]));
  const variant = screen.getByLabelText('Variant');
  await waitFor(() => expect(suggestionsOf(variant).map(([, label]) => label)).toContain('mail-triage: fine-tuned'));
  expect(variant).toHaveValue('ab12');
  await user.clear(variant);
  await user.type(variant, 'cd34');
  await user.type(caller, ' subject-ada');
  await user.click(screen.getByRole('button', { name: 'Search' }));
  await waitFor(() => expect(filters.at(-1)).toEqual({ variant: 'cd34', caller: 'subject-ada' }));
});

const suggestionsOf = (field: HTMLElement) =>
  [...((field as HTMLInputElement).list?.options ?? [])].map(({ value, label }) => [value, label]);

it('filters by origin, duration and minutes', async () => {
  const { filters, handler } = searched();
  const { user } = visit('/traces', { but: [handler] });
  await user.selectOptions(await screen.findByLabelText('Origin'), 'Playground');
  await user.type(screen.getByLabelText('Duration from (ms)'), '500');
  fireEvent.change(screen.getByLabelText('From (UTC)'), { target: { value: '2026-11-25T01:05' } });
  await user.click(screen.getByRole('button', { name: 'Search' }));
  await waitFor(() =>
    expect(filters.at(-1)).toMatchObject({
      origin: 'PLAYGROUND',
      minMillis: '500',
      from: '2026-11-25T01:05:00Z',
    }),
  );
});

it('refuses a duration that is no whole number, and drops one of an address', async () => {
  const { filters, handler } = searched();
  const { user, address } = visit('/traces?minMillis=abc', { but: [handler] });
  const field = await screen.findByLabelText('Duration from (ms)');
  await waitFor(() => expect(filters.at(-1)).toEqual({}));
  await user.type(field, '0.5');
  await user.click(screen.getByRole('button', { name: 'Search' }));
  expect(field).toHaveAccessibleDescription(/^Whole milliseconds, at most 86400000/);
  expect(address()).toBe('/traces?minMillis=abc');
});

it('keeps the seconds of times that nobody changed', async () => {
  const period = { from: '2026-11-25T01:10:05Z', to: '2026-11-25T01:15:30.000Z' };
  const { user, address } = visit(`/traces?${new URLSearchParams(period)}`);
  await user.selectOptions(await screen.findByLabelText('Status'), 'OK');
  fireEvent.change(screen.getByLabelText('To (UTC)'), { target: { value: '2026-11-25T01:20' } });
  await user.click(screen.getByRole('button', { name: 'Search' }));
  const next = { ...period, to: '2026-11-25T01:20', status: 'OK' };
  await expect.poll(() => Object.fromEntries(new URLSearchParams(address().split('?')[1]))).toEqual(next);
});

it('keeps the filters in the address and clears them where nothing matches', async () => {
  const { user, address } = visit('/traces');
  await user.selectOptions(await screen.findByLabelText('Status'), 'REFUSED');
  await user.click(screen.getByRole('button', { name: 'Search' }));
  expect(address()).toBe('/traces?status=REFUSED');
  await user.click(await screen.findByRole('button', { name: 'Clear all filters' }));
  expect(await screen.findByRole('table', { name: 'Traces' })).toBeVisible();
  expect(address()).toBe('/traces');
});

/** The parameters of the requests for the list or for another path, apart from the limit. */
function searched(path = '*/api/traces', answer?: object) {
  const filters: object[] = [];
  const handler = http.get(path, ({ request }) => {
    const asked = new URL(request.url).searchParams;
    asked.delete('limit');
    filters.push(Object.fromEntries(asked));
    return answer === undefined ? pageOf(traces) : json(answer);
  });
  return { filters, handler };
}

it('searches by user, session and model, and keeps in the address the model alone', async () => {
  const { filters, handler } = searched();
  const { user, address } = visit('/traces', { but: [handler] });
  await user.type(await screen.findByLabelText('User'), 'jane-17');
  await user.type(screen.getByLabelText('Session'), 'mail of jane');
  await user.type(screen.getByLabelText('Model'), 'acme-llm/large');
  await user.click(screen.getByRole('button', { name: 'Search' }));
  await waitFor(() =>
    expect(filters.at(-1)).toEqual({ user: 'jane-17', session: 'mail of jane', model: 'acme-llm/large' }),
  );
  expect(address()).toBe('/traces?model=acme-llm%2Flarge');
  expect(screen.getByLabelText('User')).toHaveValue('jane-17');
  await user.click(screen.getByRole('button', { name: 'Clear' }));
  await waitFor(() => expect(screen.getByLabelText('User')).toHaveValue(''));
  expect(address()).toBe('/traces');
});

it('searches questions and answers for a text, and keeps it out of the address', async () => {
  const { filters, handler } = searched();
  const counted = searched('*/api/traces/histogram', histogram);
  const { user, address } = visit('/traces', { as: all, but: [handler, counted.handler] });
  await user.type(await screen.findByLabelText('Question or answer'), ' gift card ');
  await user.click(screen.getByRole('button', { name: 'Search' }));
  await waitFor(() => expect(filters.at(-1)).toEqual({ text: 'gift card' }));
  await waitFor(() => expect(counted.filters.at(-1)).toEqual({ text: 'gift card' }));
  expect(address()).toBe('/traces');
  expect(screen.getByLabelText('Question or answer')).toHaveValue('gift card');
});

it('refuses a text that is too short, and drops one of an address', async () => {
  const { filters, handler } = searched();
  const { user } = visit('/traces?text=ab', { as: all, but: [handler] });
  const field = await screen.findByLabelText('Question or answer');
  await waitFor(() => expect(filters.at(-1)).toEqual({}));
  await user.type(field, 'ab');
  await user.click(screen.getByRole('button', { name: 'Search' }));
  expect(field).toHaveAccessibleDescription(/^From 3 to 200 characters/);
});

it('takes the text of a link', async () => {
  const { filters, handler } = searched();
  const { user, address } = visit('/traces?text=gift%20card', { as: all, but: [handler] });
  await waitFor(() => expect(filters.at(-1)).toEqual({ text: 'gift card' }));
  await user.selectOptions(await screen.findByLabelText('Status'), 'OK');
  await user.click(screen.getByRole('button', { name: 'Search' }));
  await waitFor(() => expect(filters.at(-1)).toEqual({ text: 'gift card', status: 'OK' }));
  expect(address()).toBe('/traces?status=OK&text=gift+card');
});

it('offers no search for a text to people who may not read contents', async () => {
  visit('/traces', { as: vera });
  expect(await screen.findByLabelText('Session')).toBeVisible();
  expect(screen.queryByLabelText('Question or answer')).toBeNull();
});

it('says how far back a search for a text went, and continues from there', async () => {
  const filters: object[] = [];
  const searchedFrom = '2026-11-25T01:00:00.5Z';
  const handler = http.get('*/api/traces', ({ request }) => {
    filters.push(Object.fromEntries(new URL(request.url).searchParams));
    return json({ items: traces, nextPageToken: null, total: { value: 3, exact: false }, searchedFrom });
  });
  const { user } = visit('/traces?text=gift%20card', { as: all, but: [handler] });
  expect(await screen.findByText(/^Only the newest calls were searched, back to/)).toHaveTextContent('01:00:00');
  await user.click(screen.getByRole('button', { name: 'Search earlier calls' }));
  await waitFor(() => expect(filters.at(-1)).toMatchObject({ text: 'gift card', to: searchedFrom }));
});

it('keeps the hash of a user in the address', async () => {
  const { filters, handler } = searched();
  const { user, address } = visit('/traces', { but: [handler] });
  await user.type(await screen.findByLabelText('User'), '9f2c47d01b6e8a35c4d7f0e1a2b3c4d5');
  await user.click(screen.getByRole('button', { name: 'Search' }));
  await waitFor(() => expect(address()).toBe('/traces?user=9f2c47d01b6e8a35c4d7f0e1a2b3c4d5'));
  await waitFor(() => expect(filters.at(-1)).toEqual({ user: '9f2c47d01b6e8a35c4d7f0e1a2b3c4d5' }));
});

it('keeps the session of a link in the address, and drops what was typed when a link is followed', async () => {
  const { filters, handler } = searched();
  const { user, address } = visit('/traces?session=chat-4711', { but: [handler] });
  await user.type(await screen.findByLabelText('User'), 'jane-17');
  await user.click(screen.getByRole('button', { name: 'Search' }));
  await waitFor(() => expect(filters.at(-1)).toEqual({ user: 'jane-17', session: 'chat-4711' }));
  expect(address()).toBe('/traces?session=chat-4711');
  await user.click(screen.getAllByTitle('9f2c47d01b6e8a35c4d7f0e1a2b3c4d5')[0] as HTMLElement);
  await waitFor(() => expect(filters.at(-1)).toEqual({ user: '9f2c47d01b6e8a35c4d7f0e1a2b3c4d5' }));
  expect(address()).toBe('/traces?user=9f2c47d01b6e8a35c4d7f0e1a2b3c4d5');
});

it('leads from a trace to all requests for its user and of its session', async () => {
  visit(canary);
  expect(await screen.findByRole('link', { name: '9f2c47d01b6e8a35c4d7f0e1a2b3c4d5' })).toHaveAttribute(
    'href',
    '/traces?user=9f2c47d01b6e8a35c4d7f0e1a2b3c4d5',
  );
  expect(screen.getByRole('link', { name: 'chat-4711' })).toHaveAttribute('href', '/traces?session=chat-4711');
});

it('shows no user and no session where a call named none', async () => {
  visit('/traces/0190e000-0000-7000-8000-0000000000a0');
  expect(await screen.findByText('provider_timeout')).toBeVisible();
  expect(screen.queryByText('User')).toBeNull();
  expect(screen.queryByText('Session')).toBeNull();
});

it('finds a trace by what the header of the answer said', async () => {
  const { user, address } = visit('/traces');
  await user.type(await screen.findByLabelText('Trace'), '4bf92f3577b34da6a3ce929d0e0e4736');
  await user.click(screen.getByRole('button', { name: 'Search' }));
  expect(address()).toBe('/traces?traceId=4bf92f3577b34da6a3ce929d0e0e4736');
  await waitFor(() => expect(screen.queryByText('provider_timeout')).toBeNull());
});

it('says how the first one comes to be, and what failed', async () => {
  visit('/traces', { scenario: 'empty' });
  expect(await screen.findByText('No requests in the last seven days')).toBeVisible();
});

it('says what failed', async () => {
  visit('/traces', { scenario: 'error' });
  expect(await screen.findByText('The service is down')).toBeVisible();
});

it('shows the steps of a trace, and leads to its application and to all requests of it', async () => {
  visit(canary);
  const steps = await screen.findByRole('table', { name: 'Steps' });
  expect(
    within(steps)
      .getAllByRole('row')
      .slice(1)
      .map((row) => row.querySelector('td')?.textContent),
  ).toEqual(['Resolve', 'Render', 'Retrieve', 'Fit', 'Call']);
  expect(within(steps).getByText('passages 4')).toBeVisible();
  expect(within(steps).getByText('trimmed 2')).toBeVisible();
  expect(screen.getByRole('link', { name: 'mail-triage' })).toHaveAttribute('href', '/apps/mail-triage');
  expect(screen.getByRole('link', { name: 'releases' })).toHaveAttribute('href', '/apps/mail-triage?tab=releases');
  expect(screen.getByRole('link', { name: 'all requests of this trace' })).toHaveAttribute(
    'href',
    '/traces?traceId=4bf92f3577b34da6a3ce929d0e0e4736',
  );
});

it('shows which passages were retrieved, and that the variant abstained on them', async () => {
  visit('/traces/0190e000-0000-7000-8000-0000000000a2');
  const passages = await screen.findByRole('list', { name: 'Retrieved passages, best first' });
  expect(
    within(passages)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['[1] 3f9c1d7e5b2a4086', '[2] 51c0de8a90b7f3e2']);
  expect(passages.closest('td')).toHaveTextContent(/^2 passages of index /);
  expect(screen.getByText('Abstained')).toBeVisible();
  expect(screen.getByText('0.214; the variant abstained')).toBeVisible();
});

it('shows on demand what the retrieved passages say, and leads to the rows that they are of', async () => {
  const asked: string[] = [];
  const { user } = visit('/traces/0190e000-0000-7000-8000-0000000000a2', {
    as: all,
    but: [
      http.get('*/api/indexes/:id/passages', ({ request }) => {
        asked.push(new URL(request.url).search);
        return pageOf(foundPassages.toReversed());
      }),
    ],
  });
  await user.click(
    await screen.findByRole('button', { name: 'Show what they say, the passages of this step, which is recorded' }),
  );
  const [first, second] = within(await screen.findByRole('list', { name: 'Text of the passages' })).getAllByRole(
    'listitem',
  );
  expect(asked).toEqual(['?passageId=3f9c1d7e5b2a4086&passageId=51c0de8a90b7f3e2']);
  expect(first).toHaveTextContent(/^\[1\] Returns > Refunds/);
  expect(first).toHaveTextContent('A <b>gift card</b> is paid back');
  expect(second).toHaveTextContent('Parcels leave our warehouse');
  expect(
    within(first as HTMLElement).getByRole('link', { name: 'returns.md: its row in help-pages v1' }),
  ).toHaveAttribute('href', '/datasets/help-pages/versions/1?document=returns.md#items');
});

it('leads from the variant that answered to its data', async () => {
  visit(canary);
  const data = within(await screen.findByRole('list', { name: 'Data' }));
  const [train] = data.getAllByRole('listitem');
  expect(train).toHaveTextContent(/^mails v2, subset train with 1,200 rows of split/);
  expect(screen.getByRole('link', { name: 'mail-head@1' })).toBeVisible();
});

it('says nothing of abstaining where the variant has no abstention', async () => {
  visit(canary);
  await screen.findByRole('table', { name: 'Steps' });
  expect(screen.queryByText('Abstained')).toBeNull();
  expect(screen.queryByText('Confidence')).toBeNull();
});

const call = (...details: [string, string][]) => ({
  kind: 'CALL' as const,
  startMillis: 0,
  durationMillis: 1,
  details: details.map(([name, value]) => ({ name, value })),
});
const first = call(['model', 'gpu/first'], ['error', 'provider_unreachable']);

it('says at the head of a trace that a fallback answered, and why', async () => {
  const answered = { trace: traces[0], steps: [first, call(['model', 'acme-llm/large'])] };
  visit(canary, { but: [http.get('*/api/traces/:id', () => json(answered))] });
  expect(await screen.findByText(/as a fallback, because gpu\/first failed \(provider_unreachable\)/)).toBeVisible();
});

it('says nothing of a fallback where all models failed', async () => {
  const failed = { trace: traces[1], steps: [first, call(['model', 'acme-llm/large'], ['error', 'provider_timeout'])] };
  visit(canary, { but: [http.get('*/api/traces/:id', () => json(failed))] });
  await screen.findByRole('table', { name: 'Steps' });
  expect(screen.queryByText(/as a fallback/)).toBeNull();
});

it('says what the server of a provider said of a failure', async () => {
  const failed = { ...traces[1], providerMessage: "Input should be 'text' or 'json_object'" };
  visit(canary, { but: [http.get('*/api/traces/:id', () => json({ trace: failed, steps: [] }))] });
  expect(await screen.findByText("Input should be 'text' or 'json_object'")).toBeVisible();
});

it('names the API key that called, as the costs do', async () => {
  const caller = `api-key:${apiKey.apiKeyId}`;
  visit(canary, { but: [http.get('*/api/traces/:id', () => json({ trace: { ...traces[0], caller }, steps: [] }))] });
  expect(await screen.findByText(apiKey.name)).toHaveAttribute('title', caller);
});

it('shortens an API key whose name is not known', async () => {
  const caller = 'api-key:01a21f82-a8ac-73da-bd17-36e6ce680bc7';
  visit(canary, { but: [http.get('*/api/traces/:id', () => json({ trace: { ...traces[0], caller }, steps: [] }))] });
  expect(await screen.findByText('API key …ce680bc7')).toHaveAttribute('title', caller);
});

it('asks for contents only when somebody wants to see them, since each read is recorded', async () => {
  const read = vi.fn<() => void>();
  const { user } = visit(canary, {
    as: cleo,
    but: [
      http.get('*/api/traces/:id/content', () => {
        read();
        return json({
          contents: 'MASKED',
          input: { messages: [{ role: 'user', content: 'Write to <EMAIL>' }] },
          output: null,
          truncated: true,
        });
      }),
    ],
  });
  const button = await screen.findByRole('button', { name: 'Show request and answer' });
  expect(read).not.toHaveBeenCalled();
  await user.click(button);
  const input = await screen.findByRole('region', { name: 'Input' });
  expect(within(input).getByText('Write to <EMAIL>')).toBeVisible();
  expect(screen.getByText('Part of the contents was too long to be stored.')).toBeVisible();
  expect(read).toHaveBeenCalledOnce();
});

it('says that contents were deleted meanwhile', async () => {
  const { user } = visit(canary, {
    as: cleo,
    but: [http.get('*/api/traces/:id/content', () => problem(404, { title: 'Not found' }))],
  });
  await user.click(await screen.findByRole('button', { name: 'Show request and answer' }));
  expect(await screen.findByText(/were deleted/)).toBeVisible();
});

it('shows contents to nobody without the role, and says when there are none', async () => {
  visit(canary, { as: vera });
  expect(await screen.findByRole('button', { name: 'Show request and answer' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
});

it('says when nothing was kept', async () => {
  visit('/traces/0190e000-0000-7000-8000-0000000000a0');
  expect(await screen.findByText(/were not stored, so its prompt cannot be shown/)).toBeVisible();
  expect(screen.getByText('The request ended before its first step.')).toBeVisible();
});

it('changes what is kept', async () => {
  const sent = vi.fn<(policy: unknown) => void>();
  const { user } = visit('/traces', {
    as: cleo,
    but: [
      http.put('*/api/trace-policy', async ({ request }) => {
        const policy = await request.json();
        sent(policy);
        return json(policy);
      }),
    ],
  });
  expect(await screen.findByText(/masked, for 30 days/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Change what is kept' }));
  await user.selectOptions(await screen.findByLabelText(/Contents of later requests/), 'NONE');
  const days = screen.getByLabelText(/Days for which contents are kept/);
  await user.clear(days);
  await user.type(days, '7');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent).toHaveBeenCalledWith({ contents: 'NONE', retentionDays: 7 }));
});

const content = (more: object = {}) =>
  http.get('*/api/traces/:id/content', () =>
    json({
      contents: 'MASKED',
      input: { messages: [{ role: 'user', content: 'Write to <EMAIL>' }] },
      output: [{ role: 'assistant', content: 'Done.' }],
      truncated: false,
      ...more,
    }),
  );

it('shows messages with nulls, as providers send them', async () => {
  const nothing = { name: null, content: null, refusal: null, tool_calls: null, function_call: null };
  const calls = [{ type: 'custom' }, { function: { name: 'lookup', arguments: '{"id":7}' } }];
  const { user } = visit(canary, {
    as: all,
    but: [
      content({
        input: { messages: [{ ...nothing, role: 'user', content: 'Where is order 7?' }] },
        output: [{ ...nothing, role: 'assistant', tool_calls: calls }],
      }),
      ...corrected([]),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Show request and answer' }));
  const input = await screen.findByRole('region', { name: 'Input' });
  expect(within(input).getByText('Where is order 7?').parentElement).toHaveTextContent(/^userWhere is order 7\?$/);
  const output = screen.getByRole('region', { name: 'Output' });
  expect(within(output).getByText('calls lookup({"id":7})').parentElement).toHaveTextContent(/^assistantcalls lookup/);
});

/** Handlers by which the answer has these corrections. */
const corrected = (corrections: object[]) => [
  http.get('*/api/traces/:id/feedback', () =>
    pageOf(corrections.length === 0 ? [] : feedback.filter(({ correctionContents }) => correctionContents != null)),
  ),
  http.get('*/api/traces/:id/corrections', () => pageOf(corrections)),
];

const correction = (text: string) => ({
  metric: 'correctness',
  caller: 'subject-ada',
  contents: 'MASKED',
  text,
  recordedAt: '2026-11-25T01:20:00Z',
});

/** The dialog that adds what was kept to a dataset, opened and the dataset chosen. */
async function adding(dataset: string, corrections: object[] = []) {
  const { sent, handler } = taking(`*/api/datasets/${dataset}/draft/items`, {}, 200);
  const { user } = visit(canary, { as: all, but: [content(), handler, ...corrected(corrections)] });
  await user.click(await screen.findByRole('button', { name: 'Show request and answer' }));
  await user.click(await screen.findByRole('button', { name: 'Add to a dataset' }));
  const form = await dialog();
  await form.findByRole('option', { name: dataset });
  await user.selectOptions(form.getByLabelText(/^Dataset/), dataset);
  return { user, form, sent };
}

it('adds what was kept of a trace to the draft of a dataset, with its trace and an edited answer', async () => {
  const { user, form, sent } = await adding('support');
  expect(form.getByText(/Licence: proprietary · legal basis: Contract/)).toBeVisible();
  const answer = form.getByLabelText('Expected answer');
  expect(answer).toHaveValue('Done.');
  await user.clear(answer);
  await user.type(answer, 'It is done.');
  await user.click(form.getByRole('button', { name: 'Add to the draft' }));
  await expect
    .poll(() => sent)
    .toEqual([
      {
        messages: [{ role: 'user', content: 'Write to <EMAIL>' }],
        expected: { references: ['It is done.'] },
        source: {
          kind: 'TRACE',
          traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
          responseId: 'chatcmpl-AAGiHQK34XP6ndMSqR2dHsAB',
        },
      },
    ]);
  expect(await screen.findByRole('link', { name: 'support' })).toHaveAttribute('href', '/datasets/support');
});

it('adds the variables that a request gave its prompt', async () => {
  const { sent, handler } = taking('*/api/datasets/support/draft/items', {}, 200);
  const input = { plumbline_variables: { tier: 'gold', limit: 7 } };
  const { user } = visit(canary, { as: all, but: [content({ input }), handler, ...corrected([])] });
  await user.click(await screen.findByRole('button', { name: 'Show request and answer' }));
  await user.click(await screen.findByRole('button', { name: 'Add to a dataset' }));
  const form = await dialog();
  await form.findByRole('option', { name: 'support' });
  await user.selectOptions(form.getByLabelText(/^Dataset/), 'support');
  expect(form.getByText('gold')).toBeVisible();
  await user.click(form.getByRole('button', { name: 'Add to the draft' }));
  await expect.poll(() => sent).toMatchObject([{ messages: [], variables: { tier: 'gold', limit: 7 } }]);
});

it('takes a text with its label to a dataset of labelled texts', async () => {
  const { user, form, sent } = await adding('mails');
  await user.selectOptions(form.getByLabelText(/^Expected label/), 'spam');
  await user.click(form.getByRole('button', { name: 'Add to the draft' }));
  await expect.poll(() => sent).toMatchObject([{ expected: { label: 'spam' }, source: { kind: 'TRACE' } }]);
});

it('expects the correction of an answer, and says so', async () => {
  const { user, form, sent } = await adding('support', [correction('It is done, says <EMAIL>.')]);
  expect(form.getByLabelText('Expected answer')).toHaveValue('It is done, says <EMAIL>.');
  expect(form.getByText(/The item expects the correction that/)).toHaveTextContent('Ada');
  await user.click(form.getByRole('button', { name: 'Add to the draft' }));
  await expect
    .poll(() => sent)
    .toMatchObject([{ expected: { references: ['It is done, says <EMAIL>.'] }, source: { kind: 'TRACE' } }]);
});

it('lets a correction be removed', async () => {
  const { user, form, sent } = await adding('support', [correction('It is done.')]);
  await user.click(form.getByRole('button', { name: 'Remove the correction' }));
  expect(form.getByLabelText('Expected answer')).toHaveValue('Done.');
  expect(form.getByText(/the item does not use it/)).toBeVisible();
  await user.click(form.getByRole('button', { name: 'Add to the draft' }));
  await expect.poll(() => sent).toMatchObject([{ expected: { references: ['Done.'] } }]);
});

it('takes a correction that is a label of the dataset', async () => {
  const { form } = await adding('mails', [correction('spam')]);
  expect(form.getByLabelText(/^Expected label/)).toHaveValue('spam');
  expect(form.getByRole('button', { name: 'Remove the correction' })).toBeVisible();
});

it('shows what callers said of the answer, and their corrections on demand', async () => {
  const { user } = visit(canary, { as: all });
  const table = await screen.findByRole('table', { name: 'Feedback' });
  const [first, second] = within(table).getAllByRole('row').slice(1);
  expect(first).toHaveTextContent('correctnessIncorrect0.25Masked');
  expect(second).toHaveTextContent('toneCorrect——');
  expect(screen.queryByText('ham, says <EMAIL>')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Show corrections' }));
  expect(await screen.findByText('ham, says <EMAIL>')).toBeVisible();
});

it('judges an answer by a button or its key, with the other labels of the application', async () => {
  const { sent, handler } = taking('*/api/feedback', {}, 200);
  const { user } = visit(canary, { as: vera, but: [handler] });
  const judge = within(await screen.findByRole('group', { name: 'Judge this answer' }));
  await user.click(await judge.findByRole('button', { name: 'Should be personal' }));
  expect(judge.queryByRole('button', { name: 'Should be spam' })).toBeNull();
  const responseId = 'chatcmpl-AAGiHQK34XP6ndMSqR2dHsAB';
  await expect.poll(() => sent).toEqual([{ responseId, correct: false, correction: 'personal' }]);
  expect(await judge.findByRole('status')).toHaveTextContent('Your judgement is recorded.');
  await user.keyboard('{Control>}1{/Control}');
  await user.keyboard('1');
  await expect.poll(() => sent.at(-1)).toEqual({ responseId, correct: true });
  expect(sent).toHaveLength(2);
});

it('judges by no key that repeats, or without the focus on the buttons', async () => {
  const { sent, handler } = taking('*/api/feedback', {}, 200);
  const { user } = visit(canary, { as: vera, but: [handler] });
  const wrong = await screen.findByRole('button', { name: 'Wrong' });
  await user.keyboard('1');
  fireEvent.keyDown(wrong, { key: '1', repeat: true });
  fireEvent.keyDown(wrong, { key: '2' });
  await expect.poll(() => sent).toMatchObject([{ correct: false }]);
});

it('reads corrections again only if one was sent, and says if its label is not kept', async () => {
  const read = vi.fn<() => void>();
  const recorded = taking('*/api/feedback', { correctionContents: 'NONE' }, 200);
  const corrections = http.get('*/api/traces/:id/corrections', () => {
    read();
    return pageOf([correction('ham')]);
  });
  const { user } = visit(canary, { as: all, but: [recorded.handler, corrections] });
  await user.click(await screen.findByRole('button', { name: 'Show corrections' }));
  expect(await screen.findByText('ham')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Wrong' }));
  expect(await screen.findByText(/^Your judgement is recorded\./)).toBeVisible();
  expect(read).toHaveBeenCalledTimes(1);
  await user.click(await screen.findByRole('button', { name: 'Should be personal' }));
  await waitFor(() => expect(read).toHaveBeenCalledTimes(2));
  expect(screen.getByText(/The label is not kept, since contents are not stored\.$/)).toBeVisible();
});

it('says why a judgement was refused', async () => {
  const refused = http.post('*/api/feedback', () => problem(409, { title: 'The answer is too old' }));
  const { user } = visit(canary, { but: [refused] });
  await user.click(await screen.findByRole('button', { name: 'Wrong' }));
  expect(await screen.findByText('The answer is too old')).toBeVisible();
});

it('shows no correction to people who may not read contents', async () => {
  visit(canary, { as: vera });
  expect(await screen.findByRole('button', { name: 'Show corrections' })).toHaveAttribute('aria-disabled', 'true');
});

it('says that nobody has judged an answer, and what failed', async () => {
  visit(canary, { but: corrected([]) });
  expect(await screen.findByText(/Nobody has judged this answer/)).toBeVisible();
  visit(canary, {
    but: [http.get('*/api/traces/:id/feedback', () => problem(503, { title: 'The service is down' }))],
  });
  expect(await screen.findByText('The service is down')).toBeVisible();
});

it('says why a trace cannot become an item', async () => {
  const { user } = visit(canary, { as: all, but: [content({ truncated: true })] });
  await user.click(await screen.findByRole('button', { name: 'Show request and answer' }));
  const button = await screen.findByRole('button', { name: 'Add to a dataset' });
  expect(button).toHaveAttribute('aria-disabled', 'true');
  await user.hover(button);
  expect(await screen.findByText(/an item would be incomplete/)).toBeInTheDocument();
});
