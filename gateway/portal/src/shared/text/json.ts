/** The JSON object that a text is; undefined for anything else. */
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

/** The list of texts that a value is; undefined for anything else. */
export function textsIn(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
}

/** Whether two values are the same JSON, in whatever order objects have their fields. */
export function sameJson(one: unknown, other: unknown): boolean {
  return inOrder(one) === inOrder(other);
}

function inOrder(value: unknown): string | undefined {
  return JSON.stringify(value, (_name, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([name], [after]) => (name < after ? -1 : 1))) : part,
  );
}

/** The same object with these fields first, in this order. */
export function inOrderOf(names: string[], object: Record<string, unknown>): Record<string, unknown> {
  const first = names.filter((name) => Object.hasOwn(object, name)).map((name) => [name, object[name]] as const);
  return { ...Object.fromEntries(first), ...object };
}

/** As it is shown to be read and edited. */
export function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
