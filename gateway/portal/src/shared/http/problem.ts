/**
 * A refused or failed request in the form of RFC 9457. The portal also creates it when a request reached no service.
 */
export interface ProblemDetails {
  type: string;
  title: string;
  status: number;
  detail?: string;
  traceId?: string;
  errors?: { pointer: string; detail: string }[];
  missing?: string[];
  reasons?: string[];
}

/** The OpenAI API's description of an error, as a complete answer or as the last event of a stream. */
export interface OpenAiErrorBody {
  error: { message?: string; type?: string; param?: string | null; code?: string | null };
}

export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(readonly details: ProblemDetails) {
    super(details.detail ?? details.title);
  }

  get status(): number {
    return this.details.status;
  }

  static async from(response: Response): Promise<Problem> {
    const traceId = response.headers.get('x-plumbline-trace') ?? undefined;
    if (/json/.test(response.headers.get('content-type') ?? '')) {
      const body: unknown = await response.json().catch(() => undefined);
      if (isDetails(body)) return new Problem({ ...body, status: response.status, traceId: body.traceId ?? traceId });
      if (isOpenAi(body)) return Problem.ofOpenAi(body, response.status, traceId);
    }
    return new Problem({
      type: 'about:blank',
      title: titles[response.status] ?? `The service answered with status ${response.status}`,
      status: response.status,
      detail:
        response.status >= 500
          ? 'As far as the portal knows, nothing was changed. Try again. If it persists, check the status ' +
            'and the log of the service.'
          : undefined,
      traceId,
    });
  }

  /** Returns the problem of an OpenAI error. Without a status, it is the error of a stream that had started. */
  static ofOpenAi({ error: { message, type, param } }: OpenAiErrorBody, status = 0, traceId?: string): Problem {
    return new Problem({
      type: 'about:blank',
      title: openAiTitle(status, type),
      status,
      detail: [message, param != null && `The field is ${param}.`].filter(Boolean).join(' '),
      traceId,
    });
  }

  static unreachable(cause: unknown): Problem {
    const problem = new Problem({
      type: 'about:blank',
      title: 'Plumbline cannot be reached',
      status: 0,
      detail: 'The connection failed before an answer arrived. Check that the gateway is running, then try again.',
    });
    problem.cause = cause;
    return problem;
  }

  static of(error: unknown): Problem {
    return error instanceof Problem
      ? error
      : new Problem({
          type: 'about:blank',
          title: 'This could not be shown',
          status: 0,
          detail: error instanceof Error ? error.message : String(error),
        });
  }
}

function isDetails(body: unknown): body is ProblemDetails {
  return typeof body === 'object' && body !== null && 'title' in body && typeof body.title === 'string';
}

function isOpenAi(body: unknown): body is OpenAiErrorBody {
  return typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'object';
}

/** Returns the title. The service's message has the details. */
function openAiTitle(status: number, type: string | undefined): string {
  if (status === 0) return 'The answer broke off';
  if (type === 'rate_limit_error') return 'Too many requests';
  return status >= 500 ? 'The model did not answer' : 'The call was refused';
}

const titles: Record<number, string> = {
  401: 'You are signed out',
  403: 'Your roles do not allow this',
  404: 'Not found',
  429: 'Too many requests',
  502: 'The service behind this panel does not answer',
  503: 'The service behind this panel does not answer',
  504: 'The service behind this panel does not answer in time',
};

/** Returns the error and its remedy in one line, where a heading has no room; undefined without an error. */
export function inOneLine(error: Error | null): string | undefined {
  if (error === null) return undefined;
  const { title, detail } = Problem.of(error).details;
  return detail === undefined ? title : `${title}. ${detail}`;
}
