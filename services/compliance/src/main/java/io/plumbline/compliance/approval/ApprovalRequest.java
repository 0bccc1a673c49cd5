package io.plumbline.compliance.approval;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The request for an approval that an event makes.
 *
 * @param eventId the requesting event
 * @param type the name of that event, such as {@code release.requested}
 * @param requestId the id inside the event
 * @param object the object that would change; a newer request for the same object supersedes an
 *     older one
 * @param subjectDigest the digest of exactly what would be approved
 * @param authors the people who wrote or composed what would be approved
 * @param payload the event, as JSON
 * @param release absent unless a release is requested
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
    Instant requestedAt,
    @Nullable ReleaseRequested release) {

  ApprovalRequest {
    authors = List.copyOf(authors);
  }
}
