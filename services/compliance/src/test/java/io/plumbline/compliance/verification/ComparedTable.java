package io.plumbline.compliance.verification;

import io.plumbline.compliance.ledger.LedgerFixture;
import io.plumbline.compliance.ledger.verification.Finding;
import io.plumbline.platform.test.EmbeddedServers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * A table that a test has made in the database of a ledger, to be compared with that ledger.
 *
 * @param service the service whose migrations and evidence file describe the table
 */
record ComparedTable(String service, String table) {

  /** Returns what the comparison says of rows of the table. */
  List<String> findings(String database, LedgerFixture ledger) {
    EvidenceFile described =
        new EvidenceFile(
            EvidenceFile.of(service).tables().stream()
                .filter(each -> each.table().equals(table))
                .toList(),
            new TreeMap<>());
    String url =
        EmbeddedServers.databaseUrl(database).replace(database.replace('-', '_'), "{database}");
    return comparison(new EvidenceDatabases(url, EmbeddedServers.AUDITOR, "auditor"), ledger)
        .findings(database, described)
        .stream()
        .map(Finding::toString)
        .filter(each -> each.contains("A row of the table " + table + " "))
        .toList();
  }

  /** Returns the comparison of tables with a ledger. */
  static EvidenceComparison comparison(EvidenceDatabases databases, LedgerFixture ledger) {
    return new EvidenceComparison(
        databases,
        () -> ledger.dataSource().getConnection(),
        JsonMapper.shared(),
        InstantSource.system(),
        Duration.ofMillis(10));
  }
}
