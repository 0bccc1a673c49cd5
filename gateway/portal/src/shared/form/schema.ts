import * as z from 'zod/mini';

// Compiling schemas needs eval, which the gateway's content security policy forbids.
z.config({ jitless: true });

export { z };

export type Schema<Parsed, Values> = z.ZodMiniType<Parsed, Values>;

/** Reports an error of a value, or of a part of it. */
type Refuse = (message: string, ...path: string[]) => void;

/** Returns a schema that transforms a value, or refuses it. */
export function parsed<Value, Parsed>(schema: Schema<Value, Value>, parse: (value: Value, refuse: Refuse) => Parsed) {
  return z.pipe(
    schema,
    z.transform((value: Value, { issues }) =>
      parse(value, (message, ...path) => issues.push({ code: 'custom', input: value, message, path })),
    ),
  );
}

export function trimmedText() {
  return z.string().check(z.trim());
}

export function requiredText(message: string) {
  return z.string().check(z.trim(), z.minLength(1, message));
}

/** Returns the schema of a typed number; undefined when the field is empty. */
export function optionalNumber(message: string, accepts: (value: number) => boolean = Number.isFinite) {
  return parsed(z.string(), (text, refuse): number | undefined => {
    if (text.trim() === '') return undefined;
    const value = Number(text);
    if (!accepts(value)) refuse(message);
    return value;
  });
}

export function requiredNumber(message: string) {
  return parsed(requiredText(message), (text, refuse): number => {
    if (Number.isNaN(Number(text))) refuse(message);
    return Number(text);
  });
}

/** Returns the parts of a text that is separated by commas, each once. */
export function listOf(text: string, separator = /,/): string[] {
  return [...new Set(text.split(separator).map((part) => part.trim()))].filter((part) => part !== '');
}
