import { csvRecords } from './csv';
import { transfer } from './transfer';
import { objectIn } from '@/shared/text/json';
import type { components } from '@/shared/http/generated/dataset-registry';

export type StartedVersion = components['schemas']['StartedVersion'];
/** How many characters of a file are looked at before it is sent. */
const START = 65_536;

export type RowFormat = 'text/csv' | 'application/x-ndjson' | 'application/zip';

/** A file's format by its name; undefined when the name does not show it. */
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
  /** The version of documents that questions are held against; empty for none. */
  documents: string;
  /** From 0 to 1. */
  onProgress: (part: number) => void;
  signal: AbortSignal;
}

/** Sends a file at once. */
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

/** The columns in the header of a file; undefined when they cannot be determined. */
export async function columnsOf(file: File, format: RowFormat, gzip: boolean): Promise<string[] | undefined> {
  if (format === 'application/zip') return undefined;
  const { text, whole } = await startOf(file, gzip);
  if (format === 'text/csv') return csvRecords(text, whole)[0];
  const end = text.search(/\r?\n/);
  // A first line longer than what was read is left to the service.
  if (end < 0 && !whole) return undefined;
  const row = objectIn(end < 0 ? text : text.slice(0, end));
  return row && Object.keys(row);
}

/** The first 64 Ki characters of a file, and whether that is all of it. */
export async function startOf(file: File, gzip: boolean): Promise<{ text: string; whole: boolean }> {
  const text = gzip ? await unpacked(file) : await file.slice(0, START).text();
  return { text: text.replace(/^\uFEFF/, ''), whole: gzip ? text.length < START : file.size <= START };
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
    // What is no gzip is refused by the service, which says so better.
    return '';
  }
  await reader.cancel();
  return text.slice(0, START);
}
