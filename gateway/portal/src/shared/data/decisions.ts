import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, operations, paths } from '@/shared/http/generated/compliance';

type AuditEntry = components['schemas']['AuditEntry'];
type AuditFilter = NonNullable<operations['listAuditEntries']['parameters']['query']>;

/** The decision of a request, as an entry of the ledger holds it. */
export interface Decided {
  index: number;
  requestId: string;
  decision: string;
  decidedBy: string;
  policies: NonNullable<components['schemas']['ApprovalView']['policies']>;
}

const api = client<paths>();

export const entriesQuery = (filter: AuditFilter) =>
  queryOptions({
    queryKey: ['audit', 'entries', filter],
    queryFn: ({ signal }) => body(api.GET('/api/audit', { params: { query: filter }, signal })),
  });

/**
 * Returns whether an entry reports what its service did. An unknown actor is no objection: people leave, and a decision
 * that was never made has a warning of its own.
 */
export const isGenuine = ({ warnings }: AuditEntry) => warnings.every((warning) => warning === 'UNKNOWN_ACTOR');

/** The query for the newest decisions of requests that concern an application. */
export const decisionsQuery = (application: string) =>
  queryOptions({
    ...entriesQuery({ application, type: 'approval.decided', limit: 100 }),
    select: ({ items }) => items.filter(isGenuine).map(decidedBy),
  });

function decidedBy({ index, payload }: AuditEntry): Decided {
  const { requestId = '', decision = '', decidedBy = '', policies } = payload as Partial<Decided>;
  return { index, requestId, decision, decidedBy, policies: policies ?? [] };
}
