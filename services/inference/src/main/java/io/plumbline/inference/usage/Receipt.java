package io.plumbline.inference.usage;

import io.plumbline.contracts.Digest;
import java.util.List;
import java.util.UUID;

/**
 * The proof that a request is one of those whose Merkle root is in a ledger entry.
 *
 * @param record the exact text of the record that is proved; the leaf hashes its UTF-8
 * @param leafHash SHA-256 over 0x00 and the record as it was counted (RFC 6962)
 * @param index the place of the record in its batch, from 0
 * @param count the number of the batch's records; {@code requests} of the event
 * @param path the hashes from the leaf's sibling up to the root (RFC 9162, section 2.1.3)
 * @param root the Merkle root; {@code recordsRoot} of the event
 * @param eventType the type of the ledger entry with the root
 * @param eventSubject the subject of the ledger entry with the root; no other entry has it
 */
public record Receipt(
    String record,
    UUID batchId,
    Digest leafHash,
    long index,
    long count,
    List<Digest> path,
    Digest root,
    String eventType,
    String eventSubject) {}
