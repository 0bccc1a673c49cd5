import { http, type HttpHandler } from 'msw';
import type { DeadLetter } from '../../src/features/operations/deadLetters';
import { json, pageOf } from './answers';
import { leafHash } from './tree';

const release = '0190d000-0000-7000-8000-0000000000b2';
const event = {
  source: 'inference',
  type: 'io.plumbline.release.changed.v1',
  key: release,
  acceptedBy: [],
  acceptedReason: null,
};

/** The dead letters of evaluation. The second waits behind the first, which is about the same release. */
export const deadLetters: DeadLetter[] = [
  {
    ...event,
    deadLetterId: 41,
    eventId: '0190b000-0000-7000-8000-0000000000f1',
    failedAt: '2026-11-25T01:12:03Z',
    cause:
      `PSQLException: ERROR: insert or update on table "guard" violates foreign key constraint ` +
      `"guard_variant_fkey"\n  Detail: Key (variant_digest)=(${leafHash('one').toString('hex')}) is not present in ` +
      `table "variant".`,
  },
  {
    ...event,
    deadLetterId: 42,
    eventId: '0190b000-0000-7000-8000-0000000000f2',
    failedAt: '2026-11-25T01:14:40Z',
    cause: 'An earlier event of the same key is a dead letter',
  },
];

export function operationHandlers(scenario: 'loaded' | 'empty'): HttpHandler[] {
  return [
    http.get('*/api/services/:service/dead-letters', ({ params }) =>
      pageOf(scenario === 'loaded' && params['service'] === 'evaluation' ? deadLetters : []),
    ),
    http.post('*/api/services/:service/dead-letters/:id/accept', () =>
      json({ acceptedBy: ['sam'], reason: 'It was a mistake' }),
    ),
    http.post('*/api/services/:service/dead-letters/:id/replay', () => json({ applied: 2, remaining: 0 })),
  ];
}
