package io.plumbline.compliance.verification;

import io.plumbline.compliance.ledger.entry.StoredEntry;
import io.plumbline.compliance.ledger.verification.EntryCheck;
import io.plumbline.compliance.ledger.verification.Finding;
import io.plumbline.platform.data.GuardTriggers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Checks that the tables of a service are guarded by the triggers and policies of its migrations,
 * each with the definition that it was created with, and by no others.
 */
final class TriggerCheck implements EntryCheck {

  /**
   * It exists where the role for verifications does. Without it that role sees no row, so that each
   * is missing.
   */
  private static final String OF_THE_AUDITOR = "/policy auditor";

  private final String service;
  private final SortedMap<String, String> expected;

  TriggerCheck(String service, EvidenceFile described) {
    this.service = service;
    this.expected = described.triggers();
  }

  @Override
  public List<Finding> check(Connection connection, List<StoredEntry> entries) {
    return List.of();
  }

  @Override
  public List<Finding> finish(Connection connection) throws SQLException {
    SortedMap<String, String> found = GuardTriggers.read(connection);
    List<Finding> findings = new ArrayList<>();
    expected.forEach((trigger, digest) -> {
      String now = found.remove(trigger);
      if (now == null && trigger.endsWith(OF_THE_AUDITOR)) {
        return;
      }
      if (now == null || now.equals(GuardTriggers.DISABLED)) {
        findings.add(finding(trigger, "is missing or disabled"));
      } else if (!now.equals(digest)) {
        findings.add(finding(trigger, "was replaced by one that does something else"));
      }
    });
    found.keySet().forEach(trigger -> findings.add(finding(trigger, "was added")));
    return findings;
  }

  private Finding finding(String trigger, String what) {
    String[] names = trigger.split("/", 2);
    String guard =
        names[1].startsWith("policy ") || names[1].equals("row security")
            ? names[1]
            : "trigger " + names[1];
    return Finding.general(
        "The %s that guards the table %s of %s %s".formatted(guard, names[0], service, what));
  }
}
