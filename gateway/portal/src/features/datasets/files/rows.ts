import { csvRecords } from './csv';
import { transfer } from './transfer';
import { objectIn } from '@/shared/text/json';
import type { components } from '@/shared/http/generated/dataset-registry';

export type StartedVersion = components['schemas']['StartedVersion'];
/** The number of characters of a file that are examined before it is sent. */
const START = 65_536;

export type RowFormat = 'text/csv' | 'application/x-ndjson' | 'application/zip';

/** Returns a file's format by its name; undefined when the name does not show it. */
export function formatOf(file: string): { format: RowFormat | undefined; gzip: boolean } {
  const gzip = /\.gz$/i.test(file);
  const plain = file.replace(/\.gz$/i, '');
  const format = /\.csv$/i.test(plain)
    ? 'text/csv'
    : /\.(jsonl|ndjson|jsonlines)$/i.test(plain)
      ? 'application/x-ndjson'
      : /\.zip$/i.test(file)
        ? 'application/zip'
        : undefined;
  return { format, gzip };
}

export interface Sending {
  dataset: string;
  file: File;
  format: RowFormat;
  gzip: boolean;
  /** The version of documents that questions are checked against; empty for none. */
  documents: string;
  /** Reports the progress, from 0 to 1. */
  onProgress: (part: number) => void;
  signal: AbortSignal;
}

/** Sends a file in one request. */
export async function upload({
  dataset,
  file,
  format,
  gzip,
  documents,
  onProgress,
  signal,
}: Sending): Promise<StartedVersion> {
  const query = documents === '' ? '' : `?documents=${encodeURIComponent(documents)}`;
  const answer = await transfer({
    method: 'POST',
    path: `/api/datasets/${encodeURIComponent(dataset)}/versions${query}`,
    headers: { 'Content-Type': format, ...(gzip && { 'Content-Encoding': 'gzip' }) },
    body: file,
    onSent: (bytes) => onProgress(file.size > 0 ? Math.min(1, bytes / file.size) : 0),
    signal,
  });
  return JSON.parse(answer.responseText) as StartedVersion;
}

/** Returns the columns in the header of a file; undefined when they cannot be determined. */
export async function columnsOf(file: File, format: RowFormat, gzip: boolean): Promise<string[] | undefined> {
  if (format === 'application/zip') return undefined;
  const { text, isComplete } = await startOf(file, gzip);
  if (format === 'text/csv') return csvRecords(text, isComplete, 1)[0];
  const end = text.search(/\r?\n/);
  // The first line is longer than the part that was read: the service checks it.
  if (end < 0 && !isComplete) return undefined;
  const row = objectIn(end < 0 ? text : text.slice(0, end));
  return row && Object.keys(row);
}

/** Returns the first 64 Ki characters of a file, and whether that is the complete file. */
export async function startOf(file: File, gzip: boolean): Promise<{ text: string; isComplete: boolean }> {
  const text = gzip ? await unpacked(file) : await file.slice(0, START).text();
  return { text: text.replace(/^\uFEFF/, ''), isComplete: gzip ? text.length < START : file.size <= START };
}

async function unpacked(file: File): Promise<string> {
  const reader = file
    .stream()
    .pipeThrough(new DecompressionStream('gzip'))
    .pipeThrough(new TextDecoderStream())
    .getReader();
  let text = '';
  try {
    while (text.length < START) {
      const { done, value } = await reader.read();
      if (done) break;
      text += value;
    }
  } catch {
    // The service refuses a file that is not gzip, with a better message.
    return '';
  }
  await reader.cancel();
  return text.slice(0, START);
}
