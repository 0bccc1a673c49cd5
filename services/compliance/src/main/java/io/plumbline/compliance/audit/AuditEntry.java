package io.plumbline.compliance.audit;

import io.plumbline.contracts.Digest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One entry of the ledger as its workspace sees it.
 *
 * @param payload what the event carries: the full public state of its subject
 * @param attributes the envelope as it was received
 * @param warnings what speaks against the entry, or against what the audit stores of it; usually
 *     none
 * @param traceId the request that caused it; absent when none did
 */
public record AuditEntry(
    long index,
    Instant occurredAt,
    String source,
    String eventId,
    String type,
    String object,
    String actor,
    String outcome,
    List<EntryWarning> warnings,
    @Nullable String traceId,
    @Nullable String causationId,
    Digest leafHash,
    Digest contentDigest,
    Map<String, String> attributes,
    // A message that is not JSON is shown as text.
    @Schema(types = {"object", "array", "string", "number", "boolean", "null"}) JsonNode payload) {

  /** With one warning more. */
  AuditEntry with(EntryWarning warning) {
    List<EntryWarning> more = new ArrayList<>(warnings);
    more.add(warning);
    return new AuditEntry(
        index,
        occurredAt,
        source,
        eventId,
        type,
        object,
        actor,
        outcome,
        List.copyOf(more),
        traceId,
        causationId,
        leafHash,
        contentDigest,
        attributes,
        payload);
  }
}
