import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import { Problem } from '@/shared/http/problem';

/** Shows the errors of a refusal at their fields. Errors about no field of the form stay in the refusal. */
export function showFieldErrors<Values extends FieldValues>(
  { setError, getValues }: Pick<UseFormReturn<Values>, 'setError' | 'getValues'>,
  error: unknown,
  pointers: Record<string, FieldPath<Values>> = {},
): void {
  const values = getValues();
  for (const { pointer, detail } of Problem.of(error).details.errors ?? []) {
    const field = fieldOf(pointer, values, pointers);
    if (field !== undefined) setError(field as FieldPath<Values>, { type: 'server', message: detail });
  }
}

/** Returns the field of a JSON pointer (RFC 6901): /criteria/0/threshold → criteria.0.threshold. */
export function fieldOf(pointer: string, values: unknown, pointers: Record<string, string> = {}): string | undefined {
  const named = Object.keys(pointers).find((one) => pointer === one || pointer.startsWith(`${one}/`));
  if (named !== undefined) return pointers[named];
  const path: string[] = [];
  let at = values;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !(name in at)) break;
    path.push(name);
    at = (at as Record<string, unknown>)[name];
  }
  return path.length === 0 ? undefined : path.join('.');
}
