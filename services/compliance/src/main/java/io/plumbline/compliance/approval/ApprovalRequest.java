package io.plumbline.compliance.approval;

import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What an event requests.
 *
 * @param eventId the requesting event
 * @param type its name: {@code release.requested}
 * @param requestId the id inside the event
 * @param object what would change; a newer request for the same object supersedes an older one
 * @param subjectDigest exactly what would be approved
 * @param authors the people who wrote or composed it
 * @param payload the event, as JSON
 */
record ApprovalRequest(
    UUID eventId,
    String type,
    UUID requestId,
    String object,
    Digest subjectDigest,
    String requester,
    List<String> authors,
    String payload,
    Instant requestedAt) {

  ApprovalRequest {
    authors = List.copyOf(authors);
  }
}
