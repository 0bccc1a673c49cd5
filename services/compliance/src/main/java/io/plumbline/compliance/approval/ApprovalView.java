package io.plumbline.compliance.approval;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request as people see it.
 *
 * @param own whether the reader asked for it or wrote a part of it, and so cannot decide
 * @param request the event that asked
 */
public record ApprovalView(
    UUID id,
    String requestType,
    UUID requestId,
    UUID requestEventId,
    String object,
    String subjectDigest,
    String requester,
    List<String> authors,
    ApprovalState state,
    Instant requestedAt,
    Instant expiresAt,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String reason,
    boolean own,
    JsonNode request) {}
