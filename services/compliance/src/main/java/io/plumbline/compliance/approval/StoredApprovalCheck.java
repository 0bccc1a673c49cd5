package io.plumbline.compliance.approval;

import io.plumbline.compliance.ledger.verification.EvidenceTable;
import io.plumbline.compliance.ledger.verification.Finding;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.EventReader;
import io.plumbline.policy.PolicyEngine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;

/** Compares the approvals of a workspace with the log entries that they were made from. */
final class StoredApprovalCheck {

  private static final String SELECT =
      """
      SELECT a.id, a.request_type, a.request_id, a.object, a.subject_digest, a.requester, a.authors, m.value,
        a.requested_at%1$s AS requested,
        a.state <> 'PENDING' AND a.decided_at%1$s AND NOT EXISTS (
          SELECT FROM audit_entry e WHERE e.workspace_id = a.workspace_id AND e.object = a.id::text
            AND e.type = 'approval.decided' AND e.source = 'compliance') AS unrecorded,
        a.state = 'APPROVED' AND a.decided_by = 'system' AS by_system, a.policies, a.decided_at,
        a.decided_by, a.decided_by = a.requester OR a.decided_by = ANY (a.authors) AS by_author, a.approved_by_authors,
        ARRAY(SELECT e.actor FROM audit_entry e WHERE e.workspace_id = a.workspace_id AND e.object = a.id::text
          AND e.type = 'approval.author-approved' AND e.source = 'compliance') AS author_approvals,
        a.decided_at%1$s AS settled
      FROM approval a LEFT JOIN ledger_message m
        ON m.event_id = a.request_event_id::text AND m.workspace = a.workspace_id
          AND m.type = format('%2$s', a.request_type) AND m.source <> 'position'
      WHERE a.workspace_id = ? ORDER BY a.id
      """
          .formatted(EvidenceTable.SETTLED, EventTypes.firstVersionType("%s"));

  private static final int FETCH = 500;
  private static final int MAX_FINDINGS = 20;

  private final Connection connection;
  private final UUID workspace;
  private final EventReader events;
  private final PolicyApprovalCheck byPolicy;

  StoredApprovalCheck(
      Connection connection, UUID workspace, EventReader events, PolicyEngine engine) {
    this.connection = connection;
    this.workspace = workspace;
    this.events = events;
    this.byPolicy = new PolicyApprovalCheck(connection, workspace, events, engine);
  }

  List<Finding> findings() throws SQLException {
    List<Finding> findings = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setFetchSize(FETCH);
      select.setObject(1, workspace);
      try (ResultSet row = select.executeQuery()) {
        while (row.next() && findings.size() < MAX_FINDINGS) {
          String approval = row.getString("id");
          if (!isAsRequested(row)) {
            findings.add(
                finding(
                    approval, "is not what the log says was requested: it was added or changed"));
          }
          if (row.getBoolean("unrecorded")) {
            findings.add(
                finding(approval, "is decided, and the log has no such decision of compliance"));
          }
          deciderFault(row).ifPresent(fault -> findings.add(finding(approval, fault)));
        }
      }
    }
    return findings;
  }

  /**
   * Returns what is wrong with who decided an approval, as the predicate of a sentence about the
   * approval; empty if nothing is. Nothing but policies may approve in the place of a person, and
   * what they approve is recorded as decided by the system.
   */
  private Optional<String> deciderFault(ResultSet row) throws SQLException {
    String policies = row.getString("policies");
    boolean bySystem = row.getBoolean("by_system");
    if (policies == null && !bySystem) {
      return authorFault(row);
    }
    if (policies == null) {
      return Optional.of("is granted, but neither a person nor a policy decided it");
    }
    if (!bySystem) {
      return Optional.of("names policies, but somebody else decided it");
    }
    byte[] event = row.getBytes("value");
    if (event == null) {
      return Optional.empty();
    }
    Optional<ReleaseRequested> release =
        parse(row.getString("request_type"), event)
            .filter(ReleaseRequested.class::isInstance)
            .map(ReleaseRequested.class::cast);
    if (release.isEmpty()) {
      return Optional.of("was decided by policy, but no policy may decide such a request");
    }
    try {
      return byPolicy.fault(
          release.get(),
          Objects.requireNonNullElse(DecidingPoliciesConverter.fromJson(policies), List.of()),
          row.getObject("decided_at", OffsetDateTime.class).toInstant(),
          row.getBoolean("settled"));
    } catch (JacksonException e) {
      return Optional.of("names policies that cannot be read");
    }
  }

  /**
   * Returns what is wrong with a decision of the requester or an author. Two authors may decide
   * together, if the log has the earlier approval of the other one.
   */
  private static Optional<String> authorFault(ResultSet row) throws SQLException {
    if (!row.getBoolean("by_author") || !row.getBoolean("settled")) {
      return Optional.empty();
    }
    String last = row.getString("decided_by");
    List<String> authors = Columns.texts(row, "approved_by_authors");
    boolean supported =
        Columns.texts(row, "author_approvals").stream()
            .anyMatch(each -> !each.equals(last) && authors.contains(each));
    if (supported && authors.contains(last) && !authors.contains(row.getString("requester"))) {
      return Optional.empty();
    }
    return Optional.of("was decided by its requester or by one of the authors alone");
  }

  private static Finding finding(String approval, String what) {
    return new Finding(null, "", approval, "An approval " + what);
  }

  private boolean isAsRequested(ResultSet row) throws SQLException {
    byte[] event = row.getBytes("value");
    if (event == null) {
      return !row.getBoolean("requested");
    }
    try {
      return requestedChange(row.getString("request_type"), event)
          .equals(Optional.of(storedChange(row)));
    } catch (IllegalArgumentException e) {
      // The stored text is not a digest any more, so somebody changed it.
      return false;
    }
  }

  private Optional<RequestedChange> requestedChange(String type, byte[] event) {
    return parse(type, event).flatMap(RequestedChange::ofEvent);
  }

  private Optional<Event> parse(String type, byte[] event) {
    return EventTypes.classOf(EventTypes.firstVersionType(type))
        .flatMap(kind -> events.tryRead(event, kind));
  }

  private static RequestedChange storedChange(ResultSet row) throws SQLException {
    return new RequestedChange(
        Objects.requireNonNull(row.getObject("request_id", UUID.class)),
        row.getString("object"),
        new Digest(row.getString("subject_digest")),
        row.getString("requester"),
        Columns.texts(row, "authors"));
  }
}
