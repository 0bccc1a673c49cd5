/** The header that lets a service process a repeated request only once. */
export const once = (key: string) => ({ 'Idempotency-Key': key });
