/** The header by which a service does a repeated request once. */
export const once = (key: string) => ({ 'Idempotency-Key': key });
