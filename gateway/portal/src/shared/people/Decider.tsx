import type { ReactNode } from 'react';
import { Person } from '@/shared/ui/Person';

interface DeciderProps {
  actor: string | null | undefined;
  /** The policies that decided instead of a person. */
  policies: readonly { policy: string; version: number }[] | null | undefined;
}

/** The person who decided a request, or the policies that did. */
export function Decider({ actor, policies }: DeciderProps): ReactNode {
  if (policies == null || policies.length === 0) return <Person actor={actor} />;
  return <>policy {policies.map(({ policy, version }) => `${policy} version ${version}`).join(', ')}</>;
}
