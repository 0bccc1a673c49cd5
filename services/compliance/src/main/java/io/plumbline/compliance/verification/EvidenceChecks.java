package io.plumbline.compliance.verification;

import io.plumbline.compliance.approval.ApprovalCheck;
import io.plumbline.compliance.audit.ProjectionCheck;
import io.plumbline.compliance.ledger.verification.AuthorCheck;
import io.plumbline.compliance.ledger.verification.EntryCheck;
import io.plumbline.compliance.policy.PolicyCheck;
import io.plumbline.platform.event.EventReader;
import io.plumbline.platform.signature.VerificationKeys;
import io.plumbline.policy.PolicyEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * The checks of each entry beside that of its place in the log: its author and the tables that are
 * derived from it.
 */
final class EvidenceChecks {

  private static final String COMPLIANCE = "compliance";
  private static final PolicyEngine POLICIES = new PolicyEngine();

  private EvidenceChecks() {}

  /**
   * Creates the checks for one verification.
   *
   * @param authors the configured public keys of the services, including retired ones
   * @param proved the index before which all signatures of entries are known to be valid
   */
  static List<EntryCheck> of(
      Connection connection, VerificationKeys authors, long proved, JsonMapper json)
      throws SQLException {
    EventReader events = new EventReader(json);
    return List.of(
        new AuthorCheck(authors, proved),
        new ProjectionCheck(connection, json),
        new ApprovalCheck(events, POLICIES),
        new PolicyCheck(events),
        new TriggerCheck(COMPLIANCE, EvidenceFile.of(COMPLIANCE)));
  }
}
