import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { MAX_KEPT, type Answer } from './answer';
import { complete } from './complete';
import { chunk, citedAnswer, data, eventStream, responseId } from '../../../test/mocks/completions';
import { json } from '../../../test/mocks/answers';
import { cited, passages } from '../../../test/mocks/passages';
import { problem } from '../../../test/mocks/handlers';
import { server } from '../../../test/server';

const path = '*/v1/chat/completions';

async function ask(
  respond: Parameters<typeof http.post>[1],
  signal = new AbortController().signal,
): Promise<{ answer: Answer; seen: Answer[] }> {
  server.use(http.post(path, respond));
  const seen: Answer[] = [];
  const answer = await complete({
    model: 'acme/large',
    request: () => Promise.resolve({ model: 'acme/large', messages: [] }),
    signal,
    onProgress: (next) => seen.push(next),
  });
  return { answer, seen };
}

it('puts an answer together with its tools, tokens, times and what its headers say', async () => {
  const { answer, seen } = await ask(() =>
    eventStream(
      [
        chunk({ role: 'assistant', content: '' }),
        chunk({ content: 'Hel' }),
        chunk({ content: 'lo' }),
        chunk({ tool_calls: [{ index: 0, function: { name: 'find', arguments: '{"n"' } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }),
        chunk({}, 'tool_calls'),
        {
          choices: [],
          usage: { prompt_tokens: 7, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 4 } },
        },
        '[DONE]',
      ].map(data),
      { 'x-plumbline-ignored': 'seed,top_p', 'x-plumbline-cost': '0.01 EUR', 'x-plumbline-cache': 'hit' },
    ),
  );
  expect(answer).toMatchObject({
    phase: 'finished',
    text: 'Hello',
    characters: 5,
    calls: [{ name: 'find', args: '{"n":1}' }],
    finishReason: 'tool_calls',
    usage: { input: 7, cached: 4, output: 5, reasoning: 0 },
    responseId,
    ignored: ['seed', 'top_p'],
    cost: { amount: '0.01', currency: 'EUR' },
    cache: 'hit',
  });
  expect(answer.millis).toBeGreaterThanOrEqual(answer.firstTokenMillis ?? Infinity);
  expect(seen.map(({ text }) => text)).toContain('Hel');
});

it('asks for a stream with its usage, with the header that no foreign page can send', async () => {
  let sent: unknown;
  await ask(async ({ request }) => {
    sent = { body: await request.json(), header: request.headers.get('X-Plumbline') };
    return eventStream([data('[DONE]')]);
  });
  expect(sent).toEqual({
    body: { model: 'acme/large', messages: [], stream: true, stream_options: { include_usage: true } },
    header: '1',
  });
});

it('says in plain words what the OpenAI API refuses, and what the gateway does', async () => {
  const refused = await ask(() =>
    json(
      { error: { message: 'There is no such model.', type: 'invalid_request_error', param: 'model', code: 'x' } },
      404,
    ),
  );
  expect(refused.answer).toMatchObject({
    phase: 'failed',
    problem: { title: 'The call was refused', detail: 'There is no such model. The field is model.' },
  });
  const limited = await ask(() => problem(429, { title: 'Too many requests', detail: 'Try again in a second.' }));
  expect(limited.answer.problem).toMatchObject({ title: 'Too many requests', detail: 'Try again in a second.' });
});

it('keeps what arrived before an error of the stream', async () => {
  const { answer } = await ask(() =>
    eventStream([
      data(chunk({ content: 'Half' })),
      data({
        error: { message: 'The provider did not finish in time.', type: 'server_error', code: 'provider_timeout' },
      }),
    ]),
  );
  expect(answer).toMatchObject({
    phase: 'failed',
    text: 'Half',
    problem: { title: 'The answer broke off', detail: 'The provider did not finish in time.' },
  });
});

it.each([
  ['without its end', [data(chunk({ content: 'Half' }))]],
  ['with what is not JSON', [data(chunk({ content: 'Half' })), data('{oops')]],
])('takes a stream %s for an answer that broke off', async (_how, events) => {
  const { answer } = await ask(() => eventStream(events));
  expect(answer).toMatchObject({ phase: 'failed', text: 'Half', problem: { title: 'The answer broke off' } });
});

it('stops by its signal, with what had arrived', async () => {
  const stop = new AbortController();
  server.use(
    http.post(
      path,
      () =>
        new HttpResponse(
          new ReadableStream({
            start: (controller) => controller.enqueue(new TextEncoder().encode(data(chunk({ content: 'Half' })))),
          }),
          { headers: { 'Content-Type': 'text/event-stream' } },
        ),
    ),
  );
  const answer = await complete({
    model: 'acme/large',
    request: () => Promise.resolve({ model: 'acme/large' }),
    signal: stop.signal,
    onProgress: ({ text }) => text === 'Half' && stop.abort(),
  });
  expect(answer).toMatchObject({ phase: 'stopped', text: 'Half' });
  expect(answer.problem).toBeUndefined();
});

it('keeps no more of a text than it shows any use for, and counts the rest', async () => {
  const part = 'x'.repeat(MAX_KEPT - 1);
  const { answer } = await ask(() =>
    eventStream([chunk({ content: part }), chunk({ content: 'yyy' }), chunk({}, 'stop'), '[DONE]'].map(data)),
  );
  expect(answer.text).toHaveLength(MAX_KEPT);
  expect(answer.characters).toBe(MAX_KEPT + 2);
});

it('keeps what an answer cites, the passages of its model, and how sure it is', async () => {
  const { answer } = await ask(() => citedAnswer(true));
  expect(answer).toMatchObject({ abstained: false, confidence: 0.8312, passages });
  expect(answer.citations?.map(({ from, to, passage }) => [answer.text.slice(from, to), passage.documentId])).toEqual([
    ['[1]', 'returns.md'],
    ['[1]', 'returns.md'],
    ['[2]', 'shipping.md'],
  ]);
});

it('leaves pages that a model of a provider cites itself to its text', async () => {
  const page = { url_citation: cited(1, 0).url_citation };
  const { answer } = await ask(() =>
    eventStream([chunk({ content: '[1]' }), chunk({ annotations: [page] }, 'stop'), '[DONE]'].map(data)),
  );
  expect(answer.citations).toBeUndefined();
});

it('asks for the passages of a model only where they may be included', async () => {
  const included: (string | null)[] = [];
  server.use(
    http.post(path, ({ request }) => {
      included.push(request.headers.get('x-plumbline-include'));
      return eventStream([data('[DONE]')]);
    }),
  );
  for (const passages of [true, false]) {
    await complete({
      model: 'variant/1',
      request: () => Promise.resolve({ model: 'variant/1' }),
      passages,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
  }
  expect(included).toEqual(['passages', null]);
});
