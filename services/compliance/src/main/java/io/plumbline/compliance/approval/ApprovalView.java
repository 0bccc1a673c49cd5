package io.plumbline.compliance.approval;

import io.plumbline.contracts.ComplianceEvent.DecidingPolicy;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request as the API shows it.
 *
 * @param policies the policies that decided in the place of a person; absent if none did
 * @param policyRefusals the reasons for which policies that could have decided leave the decision
 *     to a person; empty if no policy was asked or the policies decided
 * @param approvedByAuthors the authors who approved, because nobody else was left; they decided if
 *     {@code decidedBy} is one of them
 * @param own whether the caller is the requester or one of the authors, and so cannot decide
 * @param request the requesting event
 */
public record ApprovalView(
    UUID approvalId,
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
    @Nullable List<DecidingPolicy> policies,
    List<String> policyRefusals,
    List<String> approvedByAuthors,
    boolean own,
    JsonNode request) {}
