package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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

  /**
   * A request of one person to open the outputs over a suite, which needs a second person.
   *
   * @param expiresAt when it ends; a second person opens the suite before
   */
  public record OpeningRequest(
      String reason, String requestedBy, Instant requestedAt, Instant expiresAt) {

    OpeningRequest(String reason, String requestedBy, Instant requestedAt) {
      this(reason, requestedBy, requestedAt, requestedAt.plus(VALIDITY));
    }
  }

  /** The time in which a second person may open a suite after a request. */
  static final Duration VALIDITY = Duration.ofDays(7);

  private final JdbcClient sql;
  private final Clock clock;

  SuiteOpenings(JdbcClient sql, Clock clock) {
    this.sql = sql;
    this.clock = clock;
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

  /**
   * Records that a person who may not open a suite alone wants its outputs to be opened, unless a
   * request of theirs is in force. Requests of several persons stand side by side.
   *
   * @return whether the request is new
   */
  boolean addRequest(Digest suite, OpeningRequest request) {
    return sql.sql(
                """
                INSERT INTO suite_opening_request (workspace_id, suite_digest, reason, requested_by, requested_at)
                SELECT :workspace, :suite, :reason, :by, :at
                WHERE NOT EXISTS (
                  SELECT FROM suite_opening_request
                  WHERE suite_digest = :suite AND requested_by = :by AND requested_at > :oldest)
                ON CONFLICT DO NOTHING
                """)
            .param("workspace", Caller.current().workspace())
            .param("suite", suite.hex())
            .param("reason", request.reason())
            .param("by", request.requestedBy())
            .param("at", request.requestedAt().atOffset(ZoneOffset.UTC))
            .param("oldest", oldestInForce())
            .update()
        == 1;
  }

  private OffsetDateTime oldestInForce() {
    return clock.instant().minus(VALIDITY).atOffset(ZoneOffset.UTC);
  }

  /** Returns the requests in force to open the given suites, the oldest first. */
  Map<Digest, List<OpeningRequest>> requestsBySuite(Collection<Digest> suites) {
    Map<Digest, List<OpeningRequest>> requests = new HashMap<>();
    sql.sql(
            "SELECT * FROM suite_opening_request WHERE suite_digest = ANY (?) AND requested_at > ?"
                + " ORDER BY requested_at, requested_by")
        .param(suites.stream().map(Digest::hex).toArray(String[]::new))
        .param(oldestInForce())
        .query(row -> {
          requests
              .computeIfAbsent(
                  new Digest(row.getString("suite_digest")), suite -> new ArrayList<>())
              .add(
                  new OpeningRequest(
                      row.getString("reason"),
                      row.getString("requested_by"),
                      Columns.instant(row, "requested_at")));
        });
    return requests;
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
