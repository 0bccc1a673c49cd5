/** The event fields in which services record people. */
const fields = /^(actor|approver|author|authors|requester|\w+By)$/;

/** Returns the people named in a payload, each once. */
export function peopleIn(payload: unknown): string[] {
  if (typeof payload !== 'object' || payload === null) return [];
  const named = Object.entries(payload).flatMap(([field, value]): unknown[] =>
    fields.test(field) ? [value].flat() : [],
  );
  return [...new Set(named.filter((value) => typeof value === 'string'))];
}
