import { queryOptions } from '@tanstack/react-query';
import { leafOf, rootOf } from '@/shared/data/merkle';
import { body, client } from '@/shared/http/client';
import type { components as ComplianceComponents, paths as CompliancePaths } from '@/shared/http/generated/compliance';
import type { components, paths as InferencePaths } from '@/shared/http/generated/inference';

export type Receipt = components['schemas']['Receipt'];
type Entry = ComplianceComponents['schemas']['AuditEntry'];
type Proof = ComplianceComponents['schemas']['InclusionProof'];
type Head = ComplianceComponents['schemas']['SignedHead'];

/** The complete proof of one request, which can be verified with the ledger's public key. */
export interface ReceiptDocument {
  receipt: Receipt;
  entry: Entry;
  proof: Proof;
  head: Head;
}

export interface ReceiptCheck {
  /** The document; absent while the ledger has no entry for the batch. */
  document: ReceiptDocument | undefined;
  /** The failed checks; empty when all succeed. */
  flaws: string[];
}

const api = client<InferencePaths & CompliancePaths>();

/** The query for the proof of a request. The browser verifies the path from its record to the ledger's root. */
export const receiptQuery = (traceId: string) =>
  queryOptions({
    queryKey: ['traces', 'receipt', traceId],
    queryFn: async ({ signal }): Promise<ReceiptCheck> => {
      const receipt = await body(api.GET('/api/traces/{traceId}/receipt', { params: { path: { traceId } }, signal }));
      const { eventType: type, eventSubject: object } = receipt;
      const entries = await body(api.GET('/api/audit', { params: { query: { type, object, limit: 1 } }, signal }));
      const [entry] = entries.items;
      if (entry === undefined) return { document: undefined, flaws: [] };
      // Read the head first, because a proof is for the head's size, even if entries are appended meanwhile.
      const head = await body(api.GET('/api/ledger/head', { signal }));
      if (head.treeSize <= entry.index) return { document: undefined, flaws: [] };
      const proof = await body(
        api.GET('/api/ledger/entries/{index}/proof', {
          params: { path: { index: entry.index }, query: { treeSize: head.treeSize } },
          signal,
        }),
      );
      const document = { receipt, entry, proof, head };
      return { document, flaws: await flawsOf(document) };
    },
  });

export async function flawsOf({ receipt, entry, proof, head }: ReceiptDocument): Promise<string[]> {
  const { record, leafHash, index, count, path, root } = receipt;
  const payload = entry.payload as { recordsRoot?: unknown; requests?: unknown } | null;
  const flaws = [
    (await leafOf(record)) !== leafHash && 'The trace no longer matches the metered record.',
    (await rootOf({ index, treeSize: count, leafHash, path })) !== root &&
      'The record does not lead to the root of its batch.',
    (payload?.recordsRoot !== root || payload.requests !== count) && 'The ledger entry has another root.',
    entry.warnings.length > 0 && 'The ledger entry itself has warnings.',
    proof.leafHash !== entry.leafHash && 'The proof belongs to another ledger entry.',
    (await rootOf(proof)) !== head.root && 'The ledger entry does not lead to the root of the signed head.',
  ];
  return flaws.filter((flaw) => flaw !== false);
}
