import { useId, useLayoutEffect, useSyncExternalStore } from 'react';

/** The panels that show a problem, in the order in which they had it. */
let panels: { id: string; problem: string }[] = [];
const listeners = new Set<() => void>();

function change(next: typeof panels): void {
  panels = next;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Returns whether this panel is the first with the problem. Always true for a problem that cannot be shared. */
export function useFirstWith(problem: string | undefined): boolean {
  const id = useId();
  useLayoutEffect(() => {
    if (problem === undefined) return;
    change([...panels, { id, problem }]);
    return () => change(panels.filter((panel) => panel.id !== id));
  }, [id, problem]);
  const first = () => panels.find((panel) => panel.problem === problem)?.id === id;
  return useSyncExternalStore(subscribe, first) || problem === undefined;
}
