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
 * Checks that the tables of a service are guarded by the triggers of its migrations, each with the
 * definition that it was created with, and by no others.
 */
final class TriggerCheck implements EntryCheck {

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
    return Finding.general(
        "The trigger %s that guards the table %s of %s %s"
            .formatted(names[1], names[0], service, what));
  }
}
