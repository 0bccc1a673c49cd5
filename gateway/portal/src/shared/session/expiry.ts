type Listener = () => void;

let ended = false;
const listeners = new Set<Listener>();

/** Informs the frame that the session has ended. The page stays as it is, so that typed texts are kept. */
export function sessionEnded(): void {
  if (ended) return;
  ended = true;
  listeners.forEach((listener) => listener());
}

export function sessionStarted(): void {
  if (!ended) return;
  ended = false;
  listeners.forEach((listener) => listener());
}

export const expiry = {
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  hasEnded: (): boolean => ended,
};
