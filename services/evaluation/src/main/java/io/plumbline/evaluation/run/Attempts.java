package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.projection.Criteria;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.evaluation.suite.SuiteOpenings;
import io.plumbline.platform.data.AdvisoryLocks;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The attempts on test items: every start of a run is one, by any person, and by whatever criteria
 * it is to be judged. They are counted by the content of the items in the whole workspace: suites
 * that share more than a hundredth of the items of either are one set of items.
 *
 * <p>An attempt gives one result. The same subject, suite and criteria again is refused while the
 * run goes on and once it is finished, whatever seed it asks for and whether it is to be fresh;
 * after a run that failed or was cancelled it is the same attempt, and keeps the answers that it
 * has.
 *
 * <p>Criteria that plan m verdicts judge each at a share of 1/m of the level, and an attempt spends
 * that share, so that all attempts on the items together err with the probability that one verdict
 * alone would, also when criteria plan different numbers. A run over sealed items under another
 * subset's name spends the share of the one that comes after it. An attempt that was refused for
 * leakage, before a question was sent, spends nothing.
 *
 * <p>Nothing is judged on items whose outputs were shown: by the opening of a suite that shares
 * them, by the spent plan of another one, or because they were explored before they were test
 * items. Rows are only ever added. Callers run in a transaction.
 */
@Repository
class Attempts {

  /** The shares of former attempts on the same items. */
  record Spent(int attempts, BigDecimal share) {

    /** How many attempts the rest of the level allows, each of which spends 1/planned of it. */
    int left(int planned) {
      return BigDecimal.ONE
          .add(ROUNDING)
          .subtract(share)
          .multiply(BigDecimal.valueOf(planned))
          .max(BigDecimal.ZERO)
          .intValue();
    }
  }

  /** For shares such as 1/3, which a numeric column does not hold exactly. */
  static final BigDecimal ROUNDING = new BigDecimal("1e-9");

  private final JdbcClient sql;
  private final SuiteOpenings openings;
  private final SealedSuites sealed;

  Attempts(JdbcClient sql, SuiteOpenings openings, SealedSuites sealed) {
    this.sql = sql;
    this.openings = openings;
    this.sealed = sealed;
  }

  /**
   * Records the attempt that a run is. Locks the workspace's attempts to the end of the
   * transaction, so that of two that start at once the second sees the first.
   *
   * @param criteria absent for exploration, which may be repeated at will
   * @return the attempt's id: a new one, or that of the same subject, suite and criteria before
   * @throws io.plumbline.platform.problem.Problem 409 when the attempt has its run, when the plan
   *     is spent, and when outputs over the items were shown
   */
  UUID start(Run run, Suite suite, @Nullable Criteria criteria) {
    AdvisoryLocks.lock(sql, 2, "attempt");
    Optional<UUID> known = known(run, criteria);
    if (criteria != null) {
      known
          .flatMap(this::result)
          .ifPresent(result -> {
            throw RunProblem.alreadyAttempted(result);
          });
      openings
          .ofItems(suite.digest())
          .ifPresent(opening -> {
            throw RunProblem.outputsOpened(opening);
          });
    }
    if (criteria != null && known.isEmpty()) {
      int planned = criteria.plan().planned();
      Spent spent = spent(suite.digest(), planned);
      if (spent.left(planned) == 0) {
        throw RunProblem.attemptsSpent(spent.attempts, planned);
      }
    }
    if (criteria != null) {
      requireUnseen(suite);
    }
    return known.orElseGet(() -> add(run, criteria));
  }

  /** Sealed now is not enough: what was explored before the suite was published was shown then. */
  private void requireUnseen(Suite suite) {
    Optional<Digest> seen = explored(suite).stream().findFirst();
    if (seen.isEmpty()) {
      Set<Digest> answered = new HashSet<>(answered(suite));
      answered.removeAll(sealed.among(answered));
      seen = answered.stream().findFirst();
    }
    seen.ifPresent(shown -> {
      throw RunProblem.outputsShown(shown);
    });
  }

  /** The suites over its items that were explored, with answers, before it was published. */
  private List<Digest> explored(Suite suite) {
    return sharing(suite, "a.criteria_digest IS NULL AND a.started_at < s.created_at");
  }

  /** The suites over its items that have answers of judged runs. */
  private List<Digest> answered(Suite suite) {
    return sharing(suite, "a.criteria_digest IS NOT NULL");
  }

  private List<Digest> sharing(Suite suite, String attempts) {
    return sql.sql(
            """
            SELECT DISTINCT a.suite_digest FROM suite s JOIN suite_overlap o ON o.suite_digest = s.suite_digest
              JOIN attempt a ON a.suite_digest = o.other_digest
            WHERE s.suite_digest = ? AND %s
              AND EXISTS (SELECT 1 FROM run r JOIN run_item i ON i.run_id = r.id
                WHERE r.attempt_id = a.id AND i.answered)
            ORDER BY a.suite_digest
            """
                .formatted(attempts))
        .param(suite.digest().hex())
        .query((row, number) -> new Digest(row.getString(1)))
        .list();
  }

  private Optional<UUID> known(Run run, @Nullable Criteria criteria) {
    return sql.sql(
            "SELECT id FROM attempt WHERE subject_digest = ? AND suite_digest = ? AND"
                + " criteria_digest IS NOT DISTINCT FROM ?")
        .param(run.subjectDigest().hex())
        .param(run.suiteDigest().hex())
        .param(criteria == null ? null : criteria.digest().hex())
        .query(UUID.class)
        .optional();
  }

  /** The run that is or will be the result of an attempt. */
  private Optional<UUID> result(UUID attempt) {
    return sql.sql(
            "SELECT id FROM run WHERE attempt_id = ? AND state IN ('RUNNING', 'FINISHED') LIMIT 1")
        .param(attempt)
        .query(UUID.class)
        .optional();
  }

  /**
   * What was spent on the items of a suite.
   *
   * @param planned the verdicts of the plan that is asked for, whose share exploration of sealed
   *     items spends
   */
  Spent spent(Digest suite, int planned) {
    return sql.sql(
            """
            SELECT count(*), coalesce(sum(1.0 / coalesce(a.planned_verdicts, ?)), 0)
            FROM attempt a JOIN suite_overlap o ON o.suite_digest = ? AND o.other_digest = a.suite_digest
            WHERE NOT EXISTS (SELECT 1 FROM run r JOIN run_leakage l ON l.run_id = r.id
                WHERE r.attempt_id = a.id AND l.refused)
              OR EXISTS (SELECT 1 FROM run r LEFT JOIN run_leakage l ON l.run_id = r.id
                WHERE r.attempt_id = a.id AND r.state IN ('RUNNING', 'FINISHED') AND l.refused IS NOT TRUE)
            """)
        .params(planned, suite.hex())
        .query((row, number) -> new Spent(row.getInt(1), row.getBigDecimal(2)))
        .single();
  }

  private UUID add(Run run, @Nullable Criteria criteria) {
    UUID id = Ids.next();
    sql.sql(
            """
            INSERT INTO attempt VALUES (?, ?, ?, ?, ?, ?, ?,
              (SELECT coalesce(max(number), 0) FROM baseline WHERE application = ?), ?, ?)
            """)
        .param(Caller.current().workspace())
        .param(id)
        .param(run.application())
        .param(run.subjectDigest().hex())
        .param(run.suiteDigest().hex())
        .param(criteria == null ? null : criteria.digest().hex())
        .param(criteria == null ? null : criteria.plan().planned())
        .param(run.application())
        .param(run.createdBy())
        .param(run.createdAt().atOffset(ZoneOffset.UTC))
        .update();
    return id;
  }
}
