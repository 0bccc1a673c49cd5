/** More than any event that the gateway sends; a stream beyond it is not one of events. */
const MAX_CHARACTERS = 4_000_000;

/**
 * The data of each event of a stream of server-sent events (WHATWG HTML, 9.2.6), however the network cuts it. Comments,
 * by which a server keeps a connection open, and other fields than data are skipped. The signal ends the stream, and so
 * does whoever stops iterating.
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
      // The last part is no line yet, and a carriage return at the end may belong to a line feed that is to come.
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
    // An event that its stream does not finish with an empty line is dropped, as the standard says.
  } finally {
    signal?.removeEventListener('abort', cancel);
    cancel();
  }
}
