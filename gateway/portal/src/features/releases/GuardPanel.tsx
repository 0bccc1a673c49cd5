import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { guardsQuery, type Guard } from './releases';
import type { Release } from '@/shared/data/releases';
import { GuardCard } from './GuardCard';
import { Loaded } from '@/shared/ui/Loaded';

interface GuardPanelProps {
  application: string;
  releases: Release[];
}

/** The guards of the running canaries, or of the last one if none runs. Empty without any. */
export function GuardPanel({ application, releases }: GuardPanelProps): ReactNode {
  const query = useQuery(guardsQuery(application));
  const trials = releases.filter(({ state }) => state === 'CANARY');
  if (trials.length === 0 && query.data === undefined) return null;
  return (
    <Loaded query={query} what="the guard of the canary">
      {({ items }) =>
        shown(items, trials).map((guard) => (
          <GuardCard
            key={guard.releaseId}
            guard={guard}
            release={releases.find(({ releaseId }) => releaseId === guard.releaseId)}
          />
        ))
      }
    </Loaded>
  );
}

/** Guards come with the newest release first. */
function shown(guards: Guard[], trials: Release[]): Guard[] {
  return trials.length === 0
    ? guards.slice(0, 1)
    : guards.filter((guard) => trials.some(({ releaseId }) => releaseId === guard.releaseId));
}
