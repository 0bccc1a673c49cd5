/** The parameters of an address that filter traces. */
export const traceFilters = [
  'application',
  'variant',
  'model',
  'origin',
  'status',
  'feedback',
  'caller',
  'user',
  'session',
  'traceId',
  'minMillis',
  'text',
  'from',
  'to',
] as const;
