import { expect, it } from 'vitest';
import { eventsOf } from './events';

/** A stream whose parts are these. */
function streamOf(parts: (string | Uint8Array)[], { open = false } = {}) {
  const state = { cancelled: false };
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      parts.forEach((part) => controller.enqueue(typeof part === 'string' ? new TextEncoder().encode(part) : part));
      if (!open) controller.close();
    },
    cancel: () => {
      state.cancelled = true;
    },
  });
  return { stream, state };
}

async function read(...parts: (string | Uint8Array)[]): Promise<string[]> {
  const events: string[] = [];
  for await (const event of eventsOf(streamOf(parts).stream)) events.push(event);
  return events;
}

it('reads events however the network cuts them', async () => {
  const whole = 'data: {"a":1}\n\ndata: {"b":"ä€😀"}\r\n\r\ndata:[DONE]\n\n';
  const bytes = new TextEncoder().encode(whole);
  const expected = ['{"a":1}', '{"b":"ä€😀"}', '[DONE]'];
  expect(await read(whole)).toEqual(expected);
  expect(await read(...[...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
});

it('skips comments that keep the connection open, and fields other than data', async () => {
  expect(await read(': \n\n', 'event: message\nid: 7\nretry: 10\n', 'data: one\n\n', ': ', '\n\n')).toEqual(['one']);
});

it('joins the lines of one event, and ends lines at carriage returns too', async () => {
  expect(await read('data: one\ndata: two\n\n', 'data: three\r\r')).toEqual(['one\ntwo']);
  expect(await read('data: one\r', '\ndata: two\r\n\r', '\n')).toEqual(['one\ntwo']);
});

it('drops an event that its stream does not finish', async () => {
  expect(await read('data: one\n\ndata: tw')).toEqual(['one']);
});

it('ends the stream when nobody reads on', async () => {
  const { stream, state } = streamOf(['data: one\n\n', 'data: two\n\n'], { open: true });
  for await (const event of eventsOf(stream)) {
    expect(event).toBe('one');
    break;
  }
  expect(state.cancelled).toBe(true);
});

it('ends the stream by its signal while nothing arrives', async () => {
  const { stream, state } = streamOf(['data: one\n\n'], { open: true });
  const stop = new AbortController();
  const events: string[] = [];
  for await (const event of eventsOf(stream, stop.signal)) {
    events.push(event);
    setTimeout(() => stop.abort());
  }
  expect(events).toEqual(['one']);
  expect(state.cancelled).toBe(true);
});
