import { http, type HttpHandler } from 'msw';
import type { ParkedMessage } from '../../src/features/operations/parked';
import { json, pageOf } from './answers';
import { leafHash } from './tree';

const release = '0190d000-0000-7000-8000-0000000000b2';
const told = { source: 'inference', type: 'io.plumbline.release.changed.v1', key: release };

/** What evaluation could not apply: the second waits behind the first, which is about the same release. */
export const parked: ParkedMessage[] = [
  {
    ...told,
    id: 41,
    eventId: '0190b000-0000-7000-8000-0000000000f1',
    parkedAt: '2026-11-25T01:12:03Z',
    cause: `PSQLException: ERROR: insert or update on table "guard" violates foreign key constraint "guard_variant_fkey"\n  Detail: Key (variant_digest)=(${leafHash('one').toString('hex')}) is not present in table "variant".`,
  },
  {
    ...told,
    id: 42,
    eventId: '0190b000-0000-7000-8000-0000000000f2',
    parkedAt: '2026-11-25T01:14:40Z',
    cause: 'An earlier message of the same key is parked',
  },
];

export function operationHandlers(scenario: 'loaded' | 'empty'): HttpHandler[] {
  return [
    http.get('*/api/services/:service/parked-messages', ({ params }) =>
      pageOf(scenario === 'loaded' && params['service'] === 'evaluation' ? parked : []),
    ),
    http.post('*/api/services/:service/parked-messages/:id/replay', () => json({ applied: 2, remaining: 0 })),
  ];
}
