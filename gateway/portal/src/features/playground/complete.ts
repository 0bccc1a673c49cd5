import { failed, finished, stopped, waiting, withChunk, type Answer, type Chunk } from './answer';
import { eventsOf } from './events';
import { client } from '@/shared/http/client';
import { Problem, type OpenAiErrorBody } from '@/shared/http/problem';
import type { paths } from '@/shared/http/generated/inference';

const api = client<paths>();

export type ChatRequest = Record<string, unknown> & { model: string };

interface Completing {
  model: string;
  /** Returns the request to send. A prompt is rendered first, which the service may refuse. */
  request: (signal: AbortSignal) => Promise<ChatRequest>;
  /** True to get the passages with the answer, which only variants and some roles allow. */
  passages?: boolean;
  signal: AbortSignal;
  onProgress: (answer: Answer) => unknown;
}

/**
 * Calls one model and reports the answer as it arrives. Never rejects: a refusal, an interrupted answer and a stop are
 * states of the answer, so that other columns continue.
 */
export async function complete({ model, request, passages, signal, onProgress }: Completing): Promise<Answer> {
  let answer = waiting(model);
  let sent = performance.now();
  const elapsed = () => performance.now() - sent;
  const report = (next: Answer) => {
    answer = next;
    onProgress(next);
  };
  try {
    const body = await request(signal);
    sent = performance.now();
    const { data, response } = await api.POST('/v1/chat/completions', {
      parseAs: 'stream',
      body: { ...body, stream: true, stream_options: { include_usage: true } },
      headers: { Accept: 'text/event-stream', ...(passages && { 'x-plumbline-include': 'passages' }) },
      signal,
    });
    report({ ...answer, ...fromHeaders(response.headers) });
    let done = false;
    for await (const event of eventsOf(data as unknown as ReadableStream<Uint8Array>, signal)) {
      done = event === '[DONE]';
      if (done) break;
      const chunk = chunkOf(event);
      if (chunk.error !== undefined) throw Problem.ofOpenAi({ error: chunk.error });
      report(withChunk(answer, chunk, elapsed()));
    }
    if (!done) throw brokenOff();
    report(finished(answer, elapsed()));
  } catch (error) {
    report(
      signal.aborted
        ? stopped(answer, elapsed())
        : failed(answer, error instanceof Problem ? error : brokenOff(), elapsed()),
    );
  }
  return answer;
}

function chunkOf(event: string): Chunk & Partial<OpenAiErrorBody> {
  try {
    return JSON.parse(event) as Chunk & Partial<OpenAiErrorBody>;
  } catch {
    throw brokenOff();
  }
}

function brokenOff(): Problem {
  return new Problem({
    type: 'about:blank',
    title: 'The answer broke off',
    status: 0,
    detail: 'The connection closed before the answer was complete. Run it again.',
  });
}

function fromHeaders(headers: Headers): Partial<Answer> {
  const list = (name: string) => headers.get(name)?.split(',').filter(Boolean) ?? [];
  const [amount, currency] = headers.get('x-plumbline-cost')?.split(' ') ?? [];
  return {
    ignored: list('x-plumbline-ignored'),
    truncated: list('x-plumbline-truncated'),
    ...(headers.has('x-plumbline-cache') && { cache: headers.get('x-plumbline-cache') ?? '' }),
    ...(amount !== undefined && currency !== undefined && { cost: { amount, currency } }),
  };
}
