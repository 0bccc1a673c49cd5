package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The suites that keep the outputs of their runs sealed, since a variant must not be improved by
 * looking at the items that will judge it. A suite over test items is sealed until its own plan
 * closes, which is when attempts on its items with a result have spent the whole level, or when its
 * outputs were opened on purpose. A suite over another subset is sealed while any suite over test
 * items that shares its items is. Callers run in a transaction.
 */
@Repository
public class SealedSuites {

  private final JdbcClient sql;

  SealedSuites(JdbcClient sql) {
    this.sql = sql;
  }

  public boolean contains(Digest suite) {
    return !filterSealed(Set.of(suite)).isEmpty();
  }

  /**
   * Checks that no suite is sealed.
   *
   * @throws io.plumbline.platform.problem.Problem 409 when the outputs of one of them are sealed
   */
  public void requireOpen(Collection<Digest> suites) {
    for (Digest suite : filterSealed(suites)) {
      throw RunProblem.sealed(suite);
    }
  }

  /** Returns the given suites whose outputs are sealed. */
  public Set<Digest> filterSealed(Collection<Digest> suites) {
    return Set.copyOf(
        sql.sql(
                """
                SELECT DISTINCT o.suite_digest
                FROM suite_overlap o JOIN suite own ON own.suite_digest = o.suite_digest
                  JOIN suite test ON test.suite_digest = o.other_digest AND test.definition ->> 'subset' = 'test'
                WHERE o.suite_digest = ANY (?)
                  AND (own.definition ->> 'subset' <> 'test' OR own.suite_digest = test.suite_digest)
                  AND NOT EXISTS (SELECT 1 FROM suite_opening p WHERE p.suite_digest = test.suite_digest)
                  AND ? > coalesce((SELECT sum(1.0 / a.planned_verdicts)
                    FROM attempt a JOIN suite_overlap x ON x.other_digest = a.suite_digest
                    WHERE x.suite_digest = test.suite_digest
                      AND EXISTS (SELECT 1 FROM run r WHERE r.attempt_id = a.id AND r.state = 'FINISHED')), 0)
                """)
            .param(suites.stream().map(Digest::hex).toArray(String[]::new))
            .param(BigDecimal.ONE.subtract(Attempts.ROUNDING))
            .query((row, number) -> new Digest(row.getString("suite_digest")))
            .list());
  }
}
