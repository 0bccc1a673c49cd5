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
 * An entry of the ledger as its workspace sees it.
 *
 * @param roles the roles that the person had in the token when acting, so by what right; absent if
 *     no person acted, and in events from before roles were recorded
 * @param payload the content of the event: the full public state of its subject
 * @param attributes the envelope as it was received
 * @param warnings the doubts about the entry or about the row that the audit stores for it; usually
 *     none
 * @param traceId the id of the trace of the request that caused the event; absent if no request did
 */
public record AuditEntry(
    long index,
    Instant occurredAt,
    String source,
    String eventId,
    String type,
    String object,
    String actor,
    @Nullable List<String> roles,
    String outcome,
    List<EntryWarning> warnings,
    @Nullable String traceId,
    @Nullable String causationId,
    Digest leafHash,
    Digest contentDigest,
    Map<String, String> attributes,
    // A message that is not JSON is shown as text.
    @Schema(types = {"object", "array", "string", "number", "boolean", "null"}) JsonNode payload) {

  /** Returns a copy with one more warning. */
  AuditEntry withWarning(EntryWarning warning) {
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
        roles,
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
