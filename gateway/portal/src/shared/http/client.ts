import createClient, { type Middleware } from 'openapi-fetch';
import { Problem } from '@/shared/http/problem';
import { sessionEnded } from '@/shared/session/expiry';

const house: Middleware = {
  onRequest({ request }) {
    // A foreign page cannot set a custom header without a preflight, which the gateway does not answer.
    if (request.method !== 'GET') request.headers.set('X-Plumbline', '1');
    return request;
  },
  async onResponse({ response }) {
    if (response.status === 401) sessionEnded();
    if (!response.ok) throw await Problem.from(response);
  },
  onError({ error }) {
    return Problem.unreachable(error);
  },
};

/**
 * A client typed by the paths of one service, below a prefix where the gateway has one; every refusal is thrown as a
 * {@link Problem}.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- the bound that openapi-fetch itself declares
export function client<Paths extends {}>(prefix = '') {
  // fetch is looked up at each call: tests and tracing replace it after this module was loaded.
  const created = createClient<Paths>({
    baseUrl: window.location.origin + prefix,
    fetch: (request) => globalThis.fetch(request),
  });
  created.use(house);
  return created;
}

/** Returns the body of an answer. It always exists, because refusals are thrown. */
export async function body<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}
