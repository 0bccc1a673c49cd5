import { csvRecords } from './csv';
import { formatOf, startOf, type RowFormat } from './rows';
import type { components } from '@/shared/http/generated/dataset-registry';
import { objectIn } from '@/shared/text/json';

type Kind = components['schemas']['DatasetSummary']['kind'];

const MAX_ROWS = 5;

/** The start of a file, which fills the form of its dataset. */
export interface Peek {
  columns: string[];
  /** The cells of the first rows, in the order of the columns. */
  rows: string[][];
  kind: Kind;
  textColumn: string | undefined;
  labelColumn: string | undefined;
}

/** Reads the columns and the first rows of a file; undefined when its name or its start does not show them. */
export async function peek(file: File): Promise<Peek | undefined> {
  const { format, gzip } = formatOf(file.name);
  if (format === undefined) return undefined;
  if (format === 'application/zip') {
    return { columns: [], rows: [], kind: 'DOCUMENTS', textColumn: undefined, labelColumn: undefined };
  }
  const [columns, ...rows] = recordsOf(await startOf(file, gzip), format);
  if (columns === undefined || columns.length === 0) return undefined;
  return {
    columns,
    rows,
    kind: kindOf(columns),
    textColumn: first(columns, ['text', 'message', 'body', 'content', 'question', 'input', 'utterance']),
    labelColumn: first(columns, ['label', 'class', 'category', 'intent', 'target', 'output']),
  };
}

function kindOf(columns: string[]): Kind {
  const has = (...names: string[]) => names.some((name) => columns.includes(name));
  if (has('chosen', 'rejected')) return 'PREFERENCE';
  if (has('document')) return 'DOCUMENTS';
  if (has('messages', 'input')) return 'CHAT';
  return has('question') ? 'QUESTION_ANSWER' : 'CLASSIFICATION';
}

function first(columns: string[], names: string[]): string | undefined {
  return names
    .map((name) => columns.find((column) => column.toLowerCase() === name))
    .find((column) => column !== undefined);
}

/** Returns the header and the rows, without a last row that is cut off. */
function recordsOf(start: { text: string; isComplete: boolean }, format: RowFormat): string[][] {
  if (format === 'text/csv') return csvRecords(start.text, start.isComplete, 1 + MAX_ROWS);
  const lines = start.text.split(/\r?\n/);
  const objects = (start.isComplete ? lines : lines.slice(0, -1))
    .filter((line) => line.trim() !== '')
    .slice(0, MAX_ROWS)
    .map(objectIn);
  const columns = Object.keys(objects[0] ?? {});
  return [columns, ...objects.map((object) => columns.map((column) => cellOf(object?.[column])))];
}

function cellOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
