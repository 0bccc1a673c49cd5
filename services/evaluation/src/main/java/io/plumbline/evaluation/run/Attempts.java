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
 * The attempts on test items. Every start of a run is an attempt, no matter who starts it and which
 * criteria judge it. Attempts are counted by the content of the items in the whole workspace:
 * suites that share more than a hundredth of the items of either count as one set of items.
 *
 * <p>An attempt gives one result. A second run of the same subject, suite and criteria is rejected
 * while the first goes on and once it is finished, whatever its seed and whether it is fresh. After
 * a run that failed or was cancelled, a new run belongs to the same attempt and keeps its answers,
 * and its failures too once items were answered.
 *
 * <p>Criteria that plan m verdicts judge each at a share of 1/m of the level, and an attempt spends
 * that share. All attempts on the items together therefore err with the probability of one verdict
 * alone, even when criteria plan different numbers. A run over sealed items under another subset's
 * name spends the share of the attempt that follows it. An attempt that was rejected for leakage,
 * before a question was sent, spends nothing.
 *
 * <p>No run is judged on items whose outputs were shown. Outputs are shown when a suite that shares
 * the items is opened, when the plan of another such suite is spent, or when the items were
 * explored before they became test items. Rows are only ever added. Callers run in a transaction.
 */
@Repository
class Attempts {

  /** The shares that earlier attempts spent on the same items. */
  record Spent(int attempts, BigDecimal share) {

    /**
     * Returns how many attempts the rest of the level allows if each spends one part in {@code
     * planned} of the level.
     */
    int attemptsLeft(int planned) {
      return BigDecimal.ONE
          .add(ROUNDING)
          .subtract(share)
          .multiply(BigDecimal.valueOf(planned))
          .max(BigDecimal.ZERO)
          .intValue();
    }
  }

  /** The tolerance for shares such as 1/3, which a numeric column does not hold exactly. */
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
   * Records the attempt that a run belongs to. It locks the workspace's attempts until the
   * transaction ends, so that of two concurrent starts the second sees the first.
   *
   * @param criteria absent for exploration, which may be repeated at will
   * @return the attempt's id: a new one, or the one that the same subject, suite and criteria have
   * @throws io.plumbline.platform.problem.Problem 409 when the attempt has its run, when the plan
   *     is spent, and when outputs over the items were shown
   */
  UUID recordAttempt(Run run, Suite suite, @Nullable Criteria criteria) {
    AdvisoryLocks.lock(sql, 2, "attempt");
    Optional<UUID> known = findAttempt(run, criteria);
    if (criteria != null) {
      known
          .flatMap(this::findResultRun)
          .ifPresent(result -> {
            throw RunProblem.alreadyAttempted(result);
          });
      openings
          .firstOverSameItems(suite.digest())
          .ifPresent(opening -> {
            throw RunProblem.outputsOpened(opening);
          });
    }
    if (criteria != null && known.isEmpty()) {
      int planned = criteria.plan().planned();
      Spent spent = spentOn(suite.digest(), planned);
      if (spent.attemptsLeft(planned) == 0) {
        throw RunProblem.attemptsSpent(spent.attempts, planned);
      }
    }
    if (criteria != null) {
      requireUnseen(suite);
    }
    return known.orElseGet(() -> add(run, criteria));
  }

  /**
   * Rejects a suite with items whose outputs were shown. It is not enough that the outputs are
   * sealed now, since outputs that were explored before the suite was published were shown then.
   */
  private void requireUnseen(Suite suite) {
    Optional<Digest> seen = exploredSuites(suite).stream().findFirst();
    if (seen.isEmpty()) {
      Set<Digest> answered = new HashSet<>(answeredSuites(suite));
      answered.removeAll(sealed.filterSealed(answered));
      seen = answered.stream().findFirst();
    }
    seen.ifPresent(shown -> {
      throw RunProblem.outputsShown(shown);
    });
  }

  /**
   * Returns the suites over the same items that were explored, with answers, before a suite was
   * published.
   */
  private List<Digest> exploredSuites(Suite suite) {
    return suitesSharingItems(suite, "a.criteria_digest IS NULL AND a.started_at < s.created_at");
  }

  /** Returns the suites over the same items that have answers of judged runs. */
  private List<Digest> answeredSuites(Suite suite) {
    return suitesSharingItems(suite, "a.criteria_digest IS NOT NULL");
  }

  private List<Digest> suitesSharingItems(Suite suite, String attempts) {
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
        .query((row, number) -> new Digest(row.getString("suite_digest")))
        .list();
  }

  private Optional<UUID> findAttempt(Run run, @Nullable Criteria criteria) {
    return sql.sql(
            "SELECT id FROM attempt WHERE subject_digest = ? AND suite_digest = ? AND"
                + " criteria_digest IS NOT DISTINCT FROM ?")
        .param(run.subjectDigest().hex())
        .param(run.suiteDigest().hex())
        .param(criteria == null ? null : criteria.digest().hex())
        .query(UUID.class)
        .optional();
  }

  /** Returns the run that is or will be the result of an attempt. */
  private Optional<UUID> findResultRun(UUID attempt) {
    return sql.sql(
            "SELECT id FROM run WHERE attempt_id = ? AND state IN ('RUNNING', 'FINISHED') LIMIT 1")
        .param(attempt)
        .query(UUID.class)
        .optional();
  }

  /**
   * Returns the shares that were spent on the items of a suite.
   *
   * @param planned the verdicts of the plan in question; exploration of sealed items counts as one
   *     of its shares
   */
  Spent spentOn(Digest suite, int planned) {
    return sql.sql(
            """
            SELECT count(*) AS attempts, coalesce(sum(1.0 / coalesce(a.planned_verdicts, ?)), 0) AS share
            FROM attempt a JOIN suite_overlap o ON o.suite_digest = ? AND o.other_digest = a.suite_digest
            WHERE NOT EXISTS (SELECT 1 FROM run r JOIN run_leakage l ON l.run_id = r.id
                WHERE r.attempt_id = a.id AND l.refused)
              OR EXISTS (SELECT 1 FROM run r LEFT JOIN run_leakage l ON l.run_id = r.id
                WHERE r.attempt_id = a.id AND r.state IN ('RUNNING', 'FINISHED') AND l.refused IS NOT TRUE)
              OR EXISTS (SELECT 1 FROM run r JOIN run_item i ON i.run_id = r.id
                WHERE r.attempt_id = a.id AND i.answered)
            """)
        .params(planned, suite.hex())
        .query(Spent.class)
        .single();
  }

  private UUID add(Run run, @Nullable Criteria criteria) {
    UUID id = Ids.next();
    sql.sql(
            """
            INSERT INTO attempt (workspace_id, id, application, subject_digest, suite_digest, criteria_digest,
              planned_verdicts, newest_baseline, started_by, started_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(number), 0) FROM baseline WHERE application = ?), ?, ?)
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
