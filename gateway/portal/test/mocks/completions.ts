import { http, HttpResponse, type HttpHandler } from 'msw';
import { json } from './answers';

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

/** A model of a provider answers in words, a variant calls a tool, and a head refuses what is no text of its own. */
export const completionHandler: HttpHandler = http.post('*/v1/chat/completions', async ({ request }) => {
  const { model } = (await request.json()) as { model: string };
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

/** Renders without templates: what is written, then what the caller says. */
export const draftHandler: HttpHandler = http.post('*/api/prompts/render', async ({ request }) => {
  const { draft, conversation = [] } = (await request.json()) as {
    draft: { messages: ({ role: string; content: string } | { type: string })[]; parameters: object };
    conversation?: unknown[];
  };
  const messages = draft.messages.flatMap((entry) => ('type' in entry ? conversation : [entry]));
  return json({ messages, request: { ...draft.parameters, messages } });
});
