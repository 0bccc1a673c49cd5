/**
 * The vocabulary in which a feature writes down the operations it uses, in the shape that openapi-typescript generates, so
 * that a feature moves to the generated paths by exchanging one import.
 */
interface Answer<T> {
  responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': T } } };
}

interface NoBody {
  requestBody?: never;
}

// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an operation without parameters
export type Read<T, Path = {}, Query = {}> = Answer<T> & NoBody & { parameters: { path: Path; query?: Query } };

// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an operation without parameters
export type Write<T, Body, Path = {}> = Answer<T> & {
  parameters: { path: Path; header?: { 'Idempotency-Key'?: string; 'If-Match'?: string } };
  requestBody: { content: { 'application/json': Body } };
};

/** A page of a list: the token of the next page, and how many there are in all (a lower bound when not exact). */
export interface Page<T> {
  items: T[];
  nextPageToken?: string | null;
  total?: { value: number; exact: boolean } | null;
}

export interface PageQuery {
  limit?: number;
  pageToken?: string;
}
