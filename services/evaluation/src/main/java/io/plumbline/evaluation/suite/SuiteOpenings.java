package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The early openings of the outputs of suites' runs, which are never reverted. Callers run in a
 * transaction.
 */
@Repository
public class SuiteOpenings {

  private final JdbcClient sql;

  SuiteOpenings(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * Records that the outputs of a suite's runs were opened early, unless that is recorded already.
   *
   * @return whether this is the first opening of the suite
   */
  boolean add(SuiteOpening opening) {
    return sql.sql(
                """
                INSERT INTO suite_opening (workspace_id, suite_digest, reason, opened_by, opened_at)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
            .params(
                Caller.current().workspace(),
                opening.suiteDigest().hex(),
                opening.reason(),
                opening.openedBy(),
                opening.openedAt().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** Returns the openings of the given suites; a suite that was not opened has no entry. */
  Map<Digest, SuiteOpening> bySuite(Collection<Digest> suites) {
    return sql
        .sql("SELECT * FROM suite_opening WHERE suite_digest = ANY (?)")
        .param(suites.stream().map(Digest::hex).toArray(String[]::new))
        .query(SuiteOpenings::readOpening)
        .stream()
        .collect(Collectors.toMap(SuiteOpening::suiteDigest, opening -> opening));
  }

  /** Returns the first opening of any suite that shares the items of the given one. */
  public Optional<SuiteOpening> firstOverSameItems(Digest suite) {
    return sql.sql(
            """
            SELECT p.* FROM suite_opening p JOIN suite_overlap o ON o.other_digest = p.suite_digest
            WHERE o.suite_digest = ? ORDER BY p.opened_at LIMIT 1
            """)
        .param(suite.hex())
        .query(SuiteOpenings::readOpening)
        .optional();
  }

  private static SuiteOpening readOpening(ResultSet row, int number) throws SQLException {
    return new SuiteOpening(
        new Digest(row.getString("suite_digest")),
        row.getString("reason"),
        row.getString("opened_by"),
        Columns.instant(row, "opened_at"));
  }
}
