/** The fields in which events name people by what their services wrote down. */
const fields = /^(actor|approver|author|authors|requester|\w+By)$/;

/** Who is named in a payload, each once. */
export function peopleIn(payload: unknown): string[] {
  if (typeof payload !== 'object' || payload === null) return [];
  const named = Object.entries(payload).flatMap(([field, value]): unknown[] =>
    fields.test(field) ? [value].flat() : [],
  );
  return [...new Set(named.filter((value) => typeof value === 'string'))];
}
