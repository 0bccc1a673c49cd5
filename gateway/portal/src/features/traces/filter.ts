import { isDuration, isSearchable, type TypedFilter } from './TraceFilters';
import type { TraceFilter } from './traces';
import { instantsOf } from '@/shared/text/time';

/** Drops a duration or a text that the service would refuse. */
export function withoutFaults({ minMillis, text, ...rest }: TypedFilter): TypedFilter {
  return {
    ...rest,
    ...(minMillis !== undefined && isDuration(minMillis) && { minMillis }),
    ...(text !== undefined && isSearchable(text) && { text }),
  };
}

/** Returns the filter of the service for a typed one. */
export function filterOf({ from, to, status, origin, feedback, minMillis, ...rest }: TypedFilter): TraceFilter {
  return {
    ...rest,
    ...(status === undefined ? {} : { status: status as NonNullable<TraceFilter['status']> }),
    ...(origin === undefined ? {} : { origin: origin as NonNullable<TraceFilter['origin']> }),
    ...(feedback === undefined ? {} : { feedback: feedback as NonNullable<TraceFilter['feedback']> }),
    ...(minMillis === undefined ? {} : { minMillis: Number(minMillis) }),
    ...instantsOf({ from, to }),
  };
}
