import { Problem } from '@/shared/http/problem';

/** What a refusal says of a field, by its pointer or one below it. */
export function fieldErrors(error: unknown): (pointer: string) => string | undefined {
  const errors = error == null ? [] : (Problem.of(error).details.errors ?? []);
  return (pointer) => errors.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`))?.detail;
}
