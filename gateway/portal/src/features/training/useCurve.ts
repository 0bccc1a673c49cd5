import { useEffect, useState } from 'react';

/** What a job reports after each epoch. */
export interface Point {
  epoch: number;
  trainLoss?: number;
  validationLoss?: number;
}

export interface Curve {
  points: Point[];
  /** Connecting again or silent: what is shown may be old. */
  stale: boolean;
}

/**
 * Follows a job's events. The browser itself connects again with the last id it saw, so that no point is lost; the server
 * sends the earlier ones first to whoever comes without.
 */
export function useCurve(job: string): Curve {
  const [curve, setCurve] = useState<Curve>({ points: [], stale: false });
  useEffect(() => {
    const source = new EventSource(`/api/training-jobs/${encodeURIComponent(job)}/events`);
    const onMetric = (event: MessageEvent<string>) => {
      const point = JSON.parse(event.data) as Point;
      if (typeof point.epoch !== 'number') return;
      setCurve(({ points }) => ({ points: withPoint(points, point), stale: false }));
    };
    const onDone = () => source.close();
    source.addEventListener('message', onMetric);
    source.addEventListener('metrics', onMetric);
    source.addEventListener('finished', onDone);
    source.onopen = () => setCurve((before) => ({ ...before, stale: false }));
    source.onerror = () => setCurve((before) => ({ ...before, stale: true }));
    return () => source.close();
  }, [job]);
  return curve;
}

/** A resumed job may tell an epoch again: the later word counts. */
export function withPoint(points: Point[], point: Point): Point[] {
  return [...points.filter(({ epoch }) => epoch !== point.epoch), point].sort((a, b) => a.epoch - b.epoch);
}
