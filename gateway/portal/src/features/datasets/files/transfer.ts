import { Problem } from '@/shared/http/problem';
import { sessionEnded } from '@/shared/session/expiry';

interface Transfer {
  method: 'POST' | 'PATCH';
  path: string;
  headers: Record<string, string>;
  body: Blob;
  /** Reports the number of bytes that have been sent. */
  onSent: (bytes: number) => void;
  signal: AbortSignal;
}

/** Returns the problem that a stopped upload ends with. */
export const stopped = () =>
  new Problem({ type: 'about:blank', title: 'The upload was stopped', status: 0, detail: 'No rows were stored.' });

/**
 * Sends bytes unchanged, while the browser reads them from disk. Throws a {@link Problem} when the service refuses
 * them. Uses XMLHttpRequest, because fetch does not report upload progress.
 */
export function transfer({ method, path, headers, body, onSent, signal }: Transfer): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    request.setRequestHeader('X-Plumbline', '1');
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onerror = () => reject(Problem.unreachable(new Error('The upload was interrupted')));
    request.onabort = () => reject(stopped());
    request.onload = () => {
      const { status } = request;
      if (status >= 200 && status < 300) {
        resolve(request);
        return;
      }
      if (status === 401) sessionEnded();
      const answer = new Response(request.responseText, {
        status,
        headers: { 'Content-Type': request.getResponseHeader('Content-Type') ?? '' },
      });
      Problem.from(answer).then(reject, reject);
    };
    const abort = () => request.abort();
    signal.addEventListener('abort', abort);
    request.onloadend = () => signal.removeEventListener('abort', abort);
    request.send(body);
  });
}
