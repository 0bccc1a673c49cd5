package io.plumbline.compliance.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.compliance.ComplianceTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests when a verification is due, on a real database. */
@ComplianceTest
class VerificationsTests {

  @Autowired Verifications verifications;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

  @Test
  void one_is_due_when_the_last_result_is_older_than_the_interval() {
    awaitEnd();
    transactions.executeWithoutResult(status ->
        sql.sql("UPDATE ledger_verification SET verified_at = now() - interval '2 hours'")
            .update());
    assertThat(verifications.startIfDue(Duration.ofHours(3))).isFalse();

    assertThat(verifications.startIfDue(Duration.ofHours(1))).isTrue();

    awaitEnd();
    assertThat(verifications.startIfDue(Duration.ofHours(1))).isFalse();
    assertThat(verifications.status().last()).isNotNull();
  }

  private void awaitEnd() {
    await().atMost(Duration.ofSeconds(60)).until(() -> !verifications.status().running());
  }
}
