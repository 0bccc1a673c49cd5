package io.plumbline.compliance.approval;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.platform.event.EventReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A decision in the form in which an {@code approval.decided} is compared with the stored approval.
 *
 * @param decision the name of the decision; empty while the request is pending
 * @param policies the policies that decided in the place of a person, as JSON; empty if none did
 * @param authors the authors who decided, separated by commas; empty if they did not
 */
record RecordedDecision(
    UUID approvalId,
    UUID requestId,
    String subjectDigest,
    String decision,
    String decidedBy,
    String policies,
    String authors) {

  static final String SELECT =
      """
      SELECT id, request_id, subject_digest, CASE state WHEN 'PENDING' THEN '' ELSE state END AS decision,
        coalesce(decided_by, '') AS decided_by, coalesce(policies, '') AS policies,
        CASE WHEN decided_by = ANY (approved_by_authors) THEN array_to_string(approved_by_authors, ',') ELSE '' END
          AS authors
      FROM approval\
      """;

  /** Reads the decision of the approval in a row of {@link #SELECT}. */
  static RecordedDecision ofRow(ResultSet row) throws SQLException {
    return new RecordedDecision(
        row.getObject("id", UUID.class),
        row.getObject("request_id", UUID.class),
        row.getString("subject_digest"),
        row.getString("decision"),
        row.getString("decided_by"),
        row.getString("policies"),
        row.getString("authors"));
  }

  /**
   * Reads the decision from an event.
   *
   * @return the decision; empty if the bytes are not such an event
   */
  static Optional<RecordedDecision> ofEvent(byte @Nullable [] value, EventReader events) {
    try {
      ApprovalDecided event =
          events.read(Objects.requireNonNullElse(value, new byte[0]), ApprovalDecided.class);
      return Optional.of(
          new RecordedDecision(
              event.approvalId(),
              event.requestId(),
              event.subjectDigest().hex(),
              event.decision().name(),
              event.decidedBy(),
              Objects.requireNonNullElse(DecidingPoliciesConverter.toJson(event.policies()), ""),
              String.join(",", Objects.requireNonNullElse(event.approvedByAuthors(), List.of()))));
    } catch (JacksonException | NullPointerException e) {
      return Optional.empty();
    }
  }
}
