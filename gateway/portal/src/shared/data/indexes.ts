import type { components } from '@/shared/http/generated/inference';
import { count } from '@/shared/text/format';

export type Index = components['schemas']['IndexView'];

/** What an index has, which is what a variant retrieves of it. */
export type IndexMode = Index['mode'];

/** How much it holds; undefined before it is built. */
export function sizeOf({ mode, passages }: Index): string | undefined {
  return passages == null ? undefined : `${count(passages)} ${mode === 'PASSAGES' ? 'passages' : 'rows'}`;
}
