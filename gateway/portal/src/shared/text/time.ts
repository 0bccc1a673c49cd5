import { useSyncExternalStore } from 'react';

export type Zone = 'UTC' | 'local';

const key = 'plumbline.zone';
const listeners = new Set<() => void>();

function current(): Zone {
  return localStorage.getItem(key) === 'local' ? 'local' : 'UTC';
}

/** Returns whether times are shown in UTC or local time, and a setter that stores the choice for the next visit. */
export function useZone(): [Zone, (zone: Zone) => void] {
  const zone = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, current);
  return [zone, choose];
}

function choose(zone: Zone): void {
  localStorage.setItem(key, zone);
  listeners.forEach((listener) => listener());
}

export function formatTime(instant: string, zone: Zone): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  if (zone === 'UTC') return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const pad = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day} ${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

interface Days {
  from?: string | undefined;
  to?: string | undefined;
}

/** The format of minutes in UTC, as a field for a date and time has them. */
const minutes = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

/** Converts days and minutes in UTC to instants. The last day is included, and the end is exclusive. */
export function instantsOf({ from, to }: Days): { from?: string; to?: string } {
  return {
    ...(from === undefined ? {} : { from: from.length === 10 ? `${from}T00:00:00Z` : instantOf(from) }),
    ...(to === undefined
      ? {}
      : { to: to.length === 10 ? new Date(Date.parse(to) + 86_400_000).toISOString() : instantOf(to) }),
  };
}

function instantOf(time: string): string {
  return minutes.test(time) ? `${time}:00Z` : time;
}
