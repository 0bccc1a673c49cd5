/** The maximum length of an event, above any that the gateway sends. A stream beyond it is not an event stream. */
const MAX_CHARACTERS = 4_000_000;

/**
 * Yields the data of each server-sent event of a stream (WHATWG HTML, 9.2.6), however the network splits it. Skips
 * comments, which keep a connection open, and fields other than data. The stream ends with the signal, or when the
 * caller stops iterating.
 */
export async function* eventsOf(
  stream: ReadableStream<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<string, void> {
  const reader = stream.getReader();
  const cancel = () => void reader.cancel().catch(() => undefined);
  signal?.addEventListener('abort', cancel);
  const decoder = new TextDecoder();
  let rest = '';
  let data: string[] = [];
  try {
    for (let ended = false; !ended;) {
      const { done, value } = await reader.read();
      ended = done;
      rest += decoder.decode(value, { stream: !done });
      // The last part is not a complete line yet. A carriage return at its end may belong to a line feed that follows.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield data.join('\n');
          data = [];
        } else if (line.startsWith('data:')) {
          data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
        }
      }
      if (rest.length > MAX_CHARACTERS) throw new Error('An event of the stream is too long to be read.');
    }
    // The standard drops an event that does not end with an empty line.
  } finally {
    signal?.removeEventListener('abort', cancel);
    cancel();
  }
}
