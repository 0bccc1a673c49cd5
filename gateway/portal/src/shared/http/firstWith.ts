import { useId, useLayoutEffect, useSyncExternalStore } from 'react';

/** The panels that show a problem, the first that had it before the others. */
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

/** Whether no other panel had this problem before; always without one that several may have. */
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
