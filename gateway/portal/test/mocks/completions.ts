import { http, HttpResponse, type HttpHandler } from 'msw';
import { json } from './answers';
import { cited, passages } from './passages';

/** A stream of server-sent events, each as one part of the body. */
export function eventStream(events: string[], headers: Record<string, string> = {}): HttpResponse<ReadableStream> {
  const encoder = new TextEncoder();
  return new HttpResponse(
    new ReadableStream({
      start(controller) {
        events.forEach((event) => controller.enqueue(encoder.encode(event)));
        controller.close();
      },
    }),
    { headers: { 'Content-Type': 'text/event-stream', ...headers } },
  );
}

export const data = (value: unknown) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;

/** The id of the trace of the mocks. */
export const responseId = 'chatcmpl-AAGiHQK34XP6ndMSqR2dHsAB';

export const chunk = (delta: Record<string, unknown>, finish: string | null = null) => ({
  id: responseId,
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta, finish_reason: finish }],
});

const usage = {
  id: responseId,
  choices: [],
  usage: {
    prompt_tokens: 1_204,
    completion_tokens: 86,
    prompt_tokens_details: { cached_tokens: 1_024 },
    completion_tokens_details: { reasoning_tokens: 32 },
  },
};

const words = 'Thank you for your order. It left our warehouse this morning and arrives on Thursday.'.split(/(?<= )/);

/** Returns an answer from passages, which it contains if the call requests them. */
export function citedAnswer(include: boolean): HttpResponse<ReadableStream> {
  const parts = ['Money is paid back within a week [1', ']. A gift card comes as a new one [1][2].'];
  const annotations = [...parts.join('').matchAll(/\[(\d)\]/g)].map(({ 1: n, index }) => cited(Number(n), index));
  return eventStream(
    [
      ...parts.map((content) => chunk({ content })),
      {
        ...chunk({ annotations }, 'stop'),
        plumbline: { abstained: false, confidence: 0.8312, ...(include && { passages }) },
      },
      usage,
      '[DONE]',
    ].map(data),
    { 'x-plumbline-cost': '0 USD' },
  );
}

/** Returns the answer of a variant that abstains. */
const abstention = () =>
  eventStream(
    [
      chunk({ content: 'I do not know.' }),
      { ...chunk({}, 'stop'), plumbline: { abstained: true, confidence: 0.2145 } },
      usage,
      '[DONE]',
    ].map(data),
    { 'x-plumbline-cost': '0 USD', 'x-plumbline-abstained': 'true' },
  );

/**
 * A provider's model answers in words, a variant calls a tool, and a classification head refuses anything but a text.
 */
export const completionHandler: HttpHandler = http.post('*/v1/chat/completions', async ({ request }) => {
  const { model, messages = [] } = (await request.json()) as { model: string; messages?: { content?: unknown }[] };
  const question = String(messages.at(-1)?.content);
  if (model.startsWith('mail-head')) {
    return json(
      {
        error: {
          message: "mail-head@1 classifies one text: send one message of role 'user'.",
          type: 'invalid_request_error',
          param: 'messages',
          code: 'invalid_request',
        },
      },
      400,
    );
  }
  if (question.includes('gift card')) return citedAnswer(request.headers.has('x-plumbline-include'));
  if (question.includes('weather')) return abstention();
  if (model.startsWith('app/') || model.startsWith('variant/')) {
    const call = { index: 0, id: 'call-1', type: 'function', function: { name: 'find_order', arguments: '' } };
    return eventStream(
      [
        chunk({ role: 'assistant', tool_calls: [call] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: '{"number":' } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: '"A-17"}' } }] }),
        chunk({}, 'tool_calls'),
        usage,
        '[DONE]',
      ].map(data),
      { 'x-plumbline-ignored': 'temperature,seed', 'x-plumbline-cost': '0.0031 USD', 'x-plumbline-cache': 'miss' },
    );
  }
  return eventStream([
    ': \n\n',
    ...[...words.map((content) => chunk({ content })), chunk({}, 'stop'), usage, '[DONE]'].map(data),
  ]);
});

/** Renders without templates: the draft's messages, then those of the caller. */
export const draftHandler: HttpHandler = http.post('*/api/prompts/render', async ({ request }) => {
  const { draft, conversation = [] } = (await request.json()) as {
    draft: { messages: ({ role: string; content: string } | { type: string })[]; parameters: object };
    conversation?: unknown[];
  };
  const messages = draft.messages.flatMap((entry) => ('type' in entry ? conversation : [entry]));
  return json({ messages, request: { ...draft.parameters, messages } });
});
