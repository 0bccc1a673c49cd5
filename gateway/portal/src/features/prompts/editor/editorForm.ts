import { memo, type ReactNode } from 'react';
import type { ObjectSchemaDraft } from './objectSchema';
import type { VersionDraft } from './versionDraft';
import type { CommandForm } from '@/shared/form/useCommandForm';

/** The form of a version, as its parts need it. */
export type EditorForm<Parsed> = Pick<CommandForm<VersionDraft, Parsed>, 'control' | 'set'>;

export interface EditorPartProps<Parsed> {
  form: EditorForm<Parsed>;
}

type EditorPart = <Parsed>(props: EditorPartProps<Parsed>) => ReactNode;

/** A part that follows what is typed in it alone: there can be hundreds of examples, and a hundred tools. */
export function memoized(part: EditorPart): EditorPart {
  return memo(part) as unknown as EditorPart;
}

/** Where the form has the schema of an object. */
export type SchemaPath = 'variables' | 'responseFormat.schema' | `tools.rows.${number}.arguments`;

/** Shows another draft of a schema: the list of its rows has to learn of them by its own name. */
export function setSchema<Parsed>({ set }: EditorForm<Parsed>, at: SchemaPath, draft: ObjectSchemaDraft): void {
  set(`${at}.json`, draft.json);
  set(`${at}.rest`, draft.rest);
  set(`${at}.rows`, draft.rows);
  set(`${at}.form`, draft.form);
}
