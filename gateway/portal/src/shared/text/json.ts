/** Parses a JSON object; undefined for anything else. */
export function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns a value that is a list of texts; undefined for anything else. */
export function textsIn(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
}

/** Returns whether two values are the same JSON, regardless of the order of fields. */
export function sameJson(one: unknown, other: unknown): boolean {
  return inOrder(one) === inOrder(other);
}

function inOrder(value: unknown): string | undefined {
  return JSON.stringify(value, (_name, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([name], [after]) => (name < after ? -1 : 1))) : part,
  );
}

/** Returns the object with these fields first, in this order. */
export function inOrderOf(names: string[], object: Record<string, unknown>): Record<string, unknown> {
  const first = names.filter((name) => Object.hasOwn(object, name)).map((name) => [name, object[name]] as const);
  return { ...Object.fromEntries(first), ...object };
}

/** Returns JSON formatted for reading and editing. */
export function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
