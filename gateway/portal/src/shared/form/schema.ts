import { z } from 'zod';

// Compiling schemas needs eval, which the gateway's content security policy forbids.
z.config({ jitless: true });

export { z };

export function requiredText(message: string) {
  return z.string().trim().min(1, message);
}

/** A number as it is typed; undefined when the field is empty. */
export function optionalNumber(message: string, accepts: (value: number) => boolean = Number.isFinite) {
  return z.string().transform((text, context): number | undefined => {
    if (text.trim() === '') return undefined;
    const value = Number(text);
    if (!accepts(value)) context.addIssue({ code: 'custom', message });
    return value;
  });
}

export function requiredNumber(message: string) {
  return requiredText(message).transform(Number).pipe(z.number(message));
}

/** The parts of a text that is separated by commas, each once. */
export function listOf(text: string, separator = /,/): string[] {
  return [...new Set(text.split(separator).map((part) => part.trim()))].filter((part) => part !== '');
}
