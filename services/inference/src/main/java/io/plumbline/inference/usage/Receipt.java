package io.plumbline.inference.usage;

import io.plumbline.contracts.Digest;
import java.util.List;
import java.util.UUID;

/**
 * That a request is one of those whose root a ledger entry has.
 *
 * @param record what is proved: its exact text, whose UTF-8 the leaf hashes
 * @param leafHash SHA-256 over 0x00 and the record as it was counted (RFC 6962)
 * @param index of the record in its batch, from 0
 * @param count of the batch's records; {@code requests} of the event
 * @param path from the leaf's sibling up to the root (RFC 9162, section 2.1.3)
 * @param root {@code recordsRoot} of the event
 * @param eventType of the ledger entry with the root
 * @param eventSubject of the ledger entry with the root; no other has it
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
