package io.plumbline.evaluation.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.PlumblineTest;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The number of suites that a workspace may have, on a real database. */
@PlumblineTest
class SuiteQuotaTests {

  @Autowired JdbcClient sql;
  @Autowired JdbcTemplate batch;
  @Autowired JsonMapper json;
  @Autowired PlatformTransactionManager transactions;

  private final Caller acme = Caller.system(UUID.randomUUID());

  @Test
  void a_workspace_has_as_many_suites_as_it_may() {
    Suites suites = new Suites(sql, batch, json, 1);
    assertThatCode(as(acme, suites::requireRoom)).doesNotThrowAnyException();

    acme.run(() ->
        new TransactionTemplate(transactions)
            .executeWithoutResult(status ->
                sql.sql(
                        """
                        INSERT INTO suite (workspace_id, suite_digest, id, name, version, definition, labels,
                          originals, perturbed, applicable, created_by, created_at)
                        VALUES (?, 'x', ?, 's', 1, '{}', '{}', 1, 0, '{}', 'ada', now())
                        """)
                    .params(acme.workspace(), UUID.randomUUID())
                    .update()));

    assertThatThrownBy(as(acme, suites::requireRoom))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(CommonProblem.QUOTA_REACHED))
        .hasMessage(
            "The workspace has 1 suites, the most it may have. Use one that exists: each new suite"
                + " is compared with all of them. An operator can raise the limit with"
                + " plumbline.suites.per-workspace.");
    assertThatCode(as(Caller.system(UUID.randomUUID()), suites::requireRoom))
        .doesNotThrowAnyException();
  }

  private ThrowingCallable as(Caller caller, Runnable work) {
    return () ->
        caller.run(
            () -> new TransactionTemplate(transactions).executeWithoutResult(status -> work.run()));
  }
}
