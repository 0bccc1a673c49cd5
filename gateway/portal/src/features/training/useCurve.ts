import { useEffect, useState } from 'react';
import type { Epoch } from './jobs';

/** An epoch in the job's event stream. */
interface EpochEvent {
  scores: Omit<Epoch, 'epoch'> & { number: number };
}

export interface Follow {
  epochs: Epoch[];
  /** True while reconnecting, when the shown values may be outdated. */
  stale: boolean;
}

/**
 * Follows a job's events. The browser reconnects by itself with the last id it received, so that no epoch is lost; a
 * new connection receives the earlier epochs first. The stream ends with the job.
 */
export function useCurve(job: string, onState: () => void): Follow {
  const [follow, setFollow] = useState<Follow>({ epochs: [], stale: false });
  useEffect(() => {
    const source = new EventSource(`/api/training-jobs/${encodeURIComponent(job)}/events`);
    source.addEventListener('epoch', (event: MessageEvent<string>) => {
      const { scores } = JSON.parse(event.data) as EpochEvent;
      setFollow(({ epochs }) => ({ epochs: withEpoch(epochs, { ...scores, epoch: scores.number }), stale: false }));
    });
    source.addEventListener('state', (event: MessageEvent<string>) => {
      const { state } = JSON.parse(event.data) as { state: string };
      if (['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(state)) source.close();
      onState();
    });
    source.onopen = () => setFollow((before) => ({ ...before, stale: false }));
    source.onerror = () => setFollow((before) => ({ ...before, stale: true }));
    return () => source.close();
  }, [job, onState]);
  return follow;
}

/** A resumed job may report an epoch again: the later report counts. */
export function withEpoch(epochs: Epoch[], epoch: Epoch): Epoch[] {
  return [...epochs.filter((one) => one.epoch !== epoch.epoch), epoch].sort((a, b) => a.epoch - b.epoch);
}
