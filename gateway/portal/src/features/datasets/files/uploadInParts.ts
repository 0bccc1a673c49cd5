import { stopped, transfer } from './transfer';
import type { Sending, StartedVersion } from './rows';
import { body, client } from '@/shared/http/client';
import type { paths } from '@/shared/http/generated/dataset-registry';
import { Problem } from '@/shared/http/problem';

const PART = 8 << 20;
/** The waits, in seconds, for a lost connection. Then the upload ends; sending the file again continues it. */
const WAITS = [1, 2, 4, 8, 15, 30, 30, 30, 60, 60, 60].map((seconds) => seconds * 1000);

const api = client<paths>();

interface SendingInParts extends Sending {
  /** Reports whether the connection is lost. */
  onWaiting: (waiting: boolean) => void;
  part?: number;
  waits?: number[];
}

/**
 * Sends a large file part by part (tus 1.0). After a lost connection it continues by itself. After a reload it
 * continues when the same file is sent again, because the browser remembers the upload until it becomes a version.
 */
export async function uploadInParts(sending: SendingInParts): Promise<StartedVersion> {
  const { dataset: name, file, documents, signal } = sending;
  const memory = remembered(name, file);
  let uploadId = '';
  try {
    const opened = await persistently(sending, () => begin(sending, memory.get()));
    uploadId = opened.uploadId;
    memory.set(uploadId);
    await sendParts(sending, uploadId, opened.offset);
    const version = await persistently(sending, () =>
      body(
        api.POST('/api/datasets/{name}/uploads/{uploadId}/version', {
          params: { path: { name, uploadId }, query: { documents: documents || undefined } },
          signal,
        }),
      ),
    );
    memory.forget();
    return version;
  } catch (error) {
    if (signal.aborted) {
      memory.forget();
      if (uploadId !== '') void remove(name, uploadId);
      throw stopped();
    }
    // The upload was refused for its content, or no longer exists.
    if (error instanceof Problem && [400, 404, 413, 415, 422].includes(error.status)) memory.forget();
    throw error;
  }
}

/** Returns the upload to continue that this browser started, or starts a new one when there is none. */
async function begin({ dataset: name, file, format, gzip, signal }: Sending, known: string | null) {
  const path = { name, uploadId: known ?? '' };
  if (known !== null) {
    try {
      const upload = await body(api.GET('/api/datasets/{name}/uploads/{uploadId}', { params: { path }, signal }));
      if (upload.length === file.size && upload.version == null) return upload;
    } catch (error) {
      if (!(error instanceof Problem && error.status === 404)) throw error;
    }
  }
  const metadata = [`filetype ${btoa(format)}`, ...(gzip ? [`encoding ${btoa('gzip')}`] : [])].join(',');
  return body(
    api.POST('/api/datasets/{name}/uploads', {
      params: {
        path: { name },
        header: { 'Upload-Length': file.size, 'Upload-Metadata': metadata },
      },
      signal,
    }),
  );
}

async function sendParts(sending: SendingInParts, uploadId: string, stored: number): Promise<void> {
  const { dataset: name, file, signal, onProgress, part = PART } = sending;
  const path = `/api/datasets/${encodeURIComponent(name)}/uploads/${uploadId}`;
  let offset = stored;
  let inDoubt = false;
  onProgress(offset / file.size);
  while (offset < file.size) {
    offset = await persistently(sending, async () => {
      if (inDoubt) {
        // The part may have been stored although its answer was lost.
        const upload = await body(
          api.GET('/api/datasets/{name}/uploads/{uploadId}', { params: { path: { name, uploadId } }, signal }),
        );
        inDoubt = false;
        return upload.offset;
      }
      inDoubt = true;
      const answer = await transfer({
        method: 'PATCH',
        path,
        headers: { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset) },
        body: file.slice(offset, offset + part),
        onSent: (bytes) => onProgress(Math.min(1, (offset + bytes) / file.size)),
        signal,
      });
      inDoubt = false;
      return Number(answer.getResponseHeader('Upload-Offset'));
    });
    onProgress(offset / file.size);
  }
}

/** Repeats an action while the connection is lost or the service is temporarily unavailable. */
async function persistently<T>({ onWaiting, signal, waits = WAITS }: SendingInParts, work: () => Promise<T>) {
  for (let lost = 0; ; lost++) {
    try {
      const done = await work();
      onWaiting(false);
      return done;
    } catch (error) {
      const wait = waits[lost];
      if (signal.aborted || !isPassing(error) || wait === undefined) throw error;
      onWaiting(true);
      await pause(wait, signal);
    }
  }
}

/** Returns whether an error is temporary. An offset conflict is: the answer to an earlier part was lost. */
const isPassing = (error: unknown) =>
  error instanceof Problem &&
  (error.status === 0 ||
    error.status === 408 ||
    error.status === 429 ||
    error.status === 502 ||
    error.status === 503 ||
    error.status === 504 ||
    /upload-offset$/.test(error.details.type));

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(end);
      reject(stopped());
    });
  });
}

/** Removes an upload. An upload that cannot be removed expires. */
async function remove(name: string, uploadId: string): Promise<void> {
  await api
    .DELETE('/api/datasets/{name}/uploads/{uploadId}', { params: { path: { name, uploadId } } })
    .catch(() => undefined);
}

/** The remembered upload of a file, which is identified by its name, size and time of change. */
function remembered(dataset: string, file: File) {
  const key = `plumbline.upload.${dataset}.${file.name}.${file.size}.${file.lastModified}`;
  return {
    get: () => localStorage.getItem(key),
    set: (uploadId: string) => localStorage.setItem(key, uploadId),
    forget: () => localStorage.removeItem(key),
  };
}
