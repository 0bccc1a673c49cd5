import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { json } from '../../../../test/mocks/answers';
import { problem } from '../../../../test/mocks/handlers';
import { server } from '../../../../test/server';
import { uploadInParts } from './uploadInParts';
import { Problem } from '@/shared/http/problem';

const file = new File(['0123456789'], 'rows.csv', { lastModified: 1 });
const started = { dataset: 'mails', version: 3, state: 'INGESTING', jobId: 'j' };

/** The service, which loses the answers of some requests. */
class Service {
  stored = '';
  opened: string[] = [];
  removed = 0;
  completed = 0;
  documents: string | null = null;
  refusal: (() => Response) | undefined;
  /** Requests by method, of which the answer does not arrive. */
  readonly losing: string[] = [];

  handlers() {
    const view = () => ({
      uploadId: 'u1',
      dataset: 'mails',
      format: 'CSV',
      gzip: false,
      length: file.size,
      offset: this.stored.length,
      expiresAt: '2026-11-29T00:00:00Z',
    });
    return [
      http.post('*/api/datasets/mails/uploads', ({ request }) => {
        this.opened.push(`${request.headers.get('upload-length')} ${request.headers.get('upload-metadata')}`);
        return this.answer('POST', () => json(view(), 201));
      }),
      http.get('*/api/datasets/mails/uploads/u1', () =>
        this.opened.length === 0 ? problem(404, { title: 'Not found' }) : this.answer('GET', () => json(view())),
      ),
      http.patch('*/api/datasets/mails/uploads/u1', async ({ request }) => {
        if (Number(request.headers.get('upload-offset')) !== this.stored.length)
          return problem(409, { type: '/problems/upload-offset', title: 'The upload does not go on there' });
        this.stored += await request.text();
        return this.answer(
          'PATCH',
          () => new HttpResponse(null, { status: 204, headers: { 'Upload-Offset': String(this.stored.length) } }),
        );
      }),
      http.delete('*/api/datasets/mails/uploads/u1', () => {
        this.removed++;
        return new HttpResponse(null, { status: 204 });
      }),
      http.post('*/api/datasets/mails/uploads/u1/version', ({ request }) => {
        this.completed++;
        this.documents = new URL(request.url).searchParams.get('documents');
        return this.refusal?.() ?? this.answer('COMPLETE', () => json(started, 202));
      }),
    ];
  }

  private answer(method: string, given: () => Response): Response {
    const lost = this.losing.indexOf(method);
    if (lost < 0) return given();
    this.losing.splice(lost, 1);
    return HttpResponse.error();
  }
}

let service: Service;
beforeEach(() => {
  localStorage.clear();
  service = new Service();
  server.use(...service.handlers());
});

const send = (waits = [0, 0, 0], stop = new AbortController()) => {
  const progress: number[] = [];
  const waiting: boolean[] = [];
  const done = uploadInParts({
    dataset: 'mails',
    file,
    format: 'text/csv',
    gzip: false,
    documents: 'shop-pages/2',
    onProgress: (part) => progress.push(part),
    onWaiting: (lost) => waiting.push(lost),
    signal: stop.signal,
    part: 4,
    waits,
  });
  return { done, progress, waiting, stop };
};

it('sends a file part by part and makes its version', async () => {
  const { done, progress, waiting } = send();
  expect(await done).toEqual(started);
  expect(service.stored).toBe('0123456789');
  expect(service.documents).toBe('shop-pages/2');
  expect(service.opened).toEqual([`10 filetype ${btoa('text/csv')}`]);
  expect(progress.at(0)).toBe(0);
  expect(progress.at(-1)).toBe(1);
  expect(waiting).not.toContain(true);
  expect(localStorage).toHaveLength(0);
});

it('goes on where the service says after each kind of answer that was lost', async () => {
  service.losing.push('PATCH', 'GET', 'PATCH', 'COMPLETE');
  const { done, waiting } = send();
  expect(await done).toEqual(started);
  expect(service.stored).toBe('0123456789');
  expect(service.opened).toHaveLength(1);
  expect(service.completed).toBe(2);
  expect(waiting).toContain(true);
  expect(waiting.at(-1)).toBe(false);
});

it('goes on with the same file after a reload', async () => {
  service.losing.push('PATCH', 'GET', 'GET', 'GET', 'GET');
  await expect(send().done).rejects.toBeInstanceOf(Problem);
  expect(service.stored).toBe('0123');
  service.losing.length = 0;

  const { done, progress } = send();
  expect(await done).toEqual(started);
  expect(service.opened).toHaveLength(1);
  expect(progress[0]).toBe(0.4);
  expect(service.stored).toBe('0123456789');
});

it('begins anew when the remembered upload is gone', async () => {
  localStorage.setItem('plumbline.upload.mails.rows.csv.10.1', 'u1');
  expect(await send().done).toEqual(started);
  expect(service.opened).toHaveLength(1);
});

it('shows what the service refuses and forgets the upload', async () => {
  service.refusal = () => problem(422, { title: 'Rows do not match what the dataset takes' });
  await expect(send().done).rejects.toThrow('Rows do not match what the dataset takes');
  expect(service.completed).toBe(1);
  expect(localStorage).toHaveLength(0);
});

it('removes what was sent when it is stopped, also while it waits', async () => {
  service.losing.push('PATCH');
  const { done, waiting, stop } = send([60_000]);
  await expect.poll(() => waiting).toContain(true);
  stop.abort();
  await expect(done).rejects.toThrow('No rows were stored.');
  await expect.poll(() => service.removed).toBe(1);
  expect(localStorage).toHaveLength(0);
});
