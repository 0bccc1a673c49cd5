import type {
  AuditDetail,
  AuditEntry,
  Head,
  InclusionProof,
  Verification,
  VerificationResult,
} from '../../../src/features/audit/ledger';
import { eve, hex, max } from './names';
import { leafHash, pathTo, rootHash } from '../tree';

const events: [type: string, source: string, subject: string, actor: string, payload: Record<string, unknown>][] = [
  [
    'application.registered',
    'strategy',
    'mail-triage',
    'subject-ada',
    { application: 'mail-triage', owner: 'support' },
  ],
  [
    'criteria.registered',
    'strategy',
    'mail-triage',
    'subject-ada',
    { application: 'mail-triage', version: 1, criteriaDigest: hex('criteria') },
  ],
  [
    'prompt.version-published',
    'prompt-registry',
    'mail-triage',
    eve,
    { prompt: 'mail-triage', version: 3, digest: hex('p3'), author: eve },
  ],
  [
    'action.denied',
    'training',
    'denial/0190b000',
    max,
    {
      action: 'POST /api/applications/{name}/criteria',
      subject: '/api/applications/mail-triage/criteria',
      problem: 'single-metric-gate',
    },
  ],
  [
    'release.requested',
    'inference',
    'r-2',
    'subject-ada',
    {
      releaseId: 'r-2',
      application: 'mail-triage',
      environment: 'production',
      requester: 'subject-ada',
      authors: ['subject-ada', eve],
    },
  ],
  [
    'approval.decided',
    'compliance',
    'a-3',
    'subject-ben',
    { approvalId: 'a-3', requestType: 'waiver.requested', decision: 'APPROVED', decidedBy: 'subject-ben' },
  ],
];

const leaves = events.map((event) => leafHash(event.slice(0, 4).join(' ')));

export const auditEntries: AuditEntry[] = events
  .map(([type, source, object, actor, payload], index) => ({
    index,
    type,
    source,
    object,
    actor,
    occurredAt: `2026-11-25T00:0${index}:00Z`,
    outcome: type === 'action.denied' ? 'DENIED' : 'RECORDED',
    warnings: [],
    eventId: `0190b000-0000-7000-8000-00000000000${index}`,
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    leafHash: leaves[index]?.toString('hex') ?? '',
    contentDigest: hex(type),
    attributes: {},
    payload,
  }))
  .reverse();

export function detail(index: number): AuditDetail | undefined {
  const entry = auditEntries.find((one) => one.index === index);
  return entry && { entry, before: index === 4 ? auditEntries.find((one) => one.index === 2) : null };
}

export function proof(index: number): InclusionProof {
  return {
    index,
    treeSize: leaves.length,
    leafHash: leaves[index]?.toString('hex') ?? '',
    root: head.root,
    path: pathTo(index, leaves).map((step) => step.toString('hex')),
  };
}

const head: Head = {
  treeSize: leaves.length,
  root: rootHash(leaves).toString('hex'),
  signedAt: '2026-11-25T01:20:00Z',
  keyId: '6f1b2c3d4e5f6a7b',
  origin: 'plumbline/ledger',
  signature: 'c2lnbmF0dXJl',
};
const intact: VerificationResult = {
  holds: true,
  entries: leaves.length,
  heads: 9,
  newest: head,
  findings: [],
  refused: [],
  refusedEntries: 0,
  verifiedAt: '2026-11-25T01:25:00Z',
  milliseconds: 12,
};
export const verified: Verification = { last: intact, running: false, failure: null, halted: null };
export const unwritten: Verification = { ...verified, last: { ...intact, entries: 0, heads: 0, newest: null } };
export const broken: Verification = {
  ...verified,
  last: {
    ...intact,
    holds: false,
    findings: [
      { index: 3, what: 'The stored leaf hash differs from the hash of the stored payload' },
      { index: null, what: 'The head over 6 entries has another root' },
    ],
  },
};
