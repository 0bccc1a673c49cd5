import { memo, type ReactNode } from 'react';
import type { ObjectSchemaDraft } from './objectSchema';
import type { VersionDraft } from './versionDraft';
import type { CommandForm } from '@/shared/form/useCommandForm';

/** The part of a version's form that its sections need. */
export type EditorForm<Parsed> = Pick<CommandForm<VersionDraft, Parsed>, 'control' | 'set'>;

export interface EditorPartProps<Parsed> {
  form: EditorForm<Parsed>;
}

type EditorPart = <Parsed>(props: EditorPartProps<Parsed>) => ReactNode;

/** Returns a section that renders only when its own values change. There can be hundreds of examples. */
export function memoized(part: EditorPart): EditorPart {
  return memo(part) as unknown as EditorPart;
}

/** The paths of the form that contain the schema of an object. */
export type SchemaPath = 'variables' | 'responseFormat.schema' | `tools.rows.${number}.arguments`;

/** Replaces the draft of a schema. The list of its rows must be set under its own name. */
export function setSchema<Parsed>({ set }: EditorForm<Parsed>, at: SchemaPath, draft: ObjectSchemaDraft): void {
  set(`${at}.json`, draft.json);
  set(`${at}.rest`, draft.rest);
  set(`${at}.rows`, draft.rows);
  set(`${at}.form`, draft.form);
}
