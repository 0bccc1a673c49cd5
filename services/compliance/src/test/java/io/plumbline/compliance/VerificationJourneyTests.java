package io.plumbline.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Tests who makes the service verify the ledger, and how often. */
@ComplianceTest
class VerificationJourneyTests {

  @Autowired TestClient client;
  @Autowired JdbcClient sql;
  @Autowired Clock clock;
  @Autowired TransactionTemplate transactions;

  @BeforeEach
  @AfterEach
  void let_a_verification_end() {
    await().atMost(Duration.ofSeconds(60)).until(() -> !read(vera()).get("running").asBoolean());
  }

  @Test
  void a_reader_starts_no_verification_however_often_he_asks() {
    long before = verifications();
    TestClient.TestCaller gus = client.as("gus", Workspaces.GLOBEX, Role.VIEWER);

    for (int i = 0; i < 100; i++) {
      assertThat(gus.get("/api/ledger/verification").status()).isEqualTo(200);
    }
    assertThat(gus.post("/api/ledger/verify", null).status()).isEqualTo(403);
    for (Role role : List.of(Role.ML_ENGINEER, Role.APPROVER, Role.SRE)) {
      assertThat(client.as("x", role).post("/api/ledger/verify", null).status()).isEqualTo(403);
    }

    assertThat(verifications()).isEqualTo(before);
  }

  @Test
  void everybody_reads_the_result_of_the_one_that_a_compliance_officer_started() {
    Instant before = clock.instant();

    TestClient.Answer started = cleo().post("/api/ledger/verify", null);

    assertThat(started.status()).isEqualTo(202);
    JsonNode status =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> read(client.as("gus", Workspaces.GLOBEX, Role.VIEWER)),
                read -> !read.get("running").asBoolean());
    assertThat(status.get("failure").isNull()).isTrue();
    assertThat(status.get("last").get("findings").valueStream()).isEmpty();
    assertThat(Instant.parse(status.get("last").get("verifiedAt").asString()))
        .isAfterOrEqualTo(before.minusSeconds(1));
  }

  /** The row of the verification, not the process, makes it one at a time, as of three replicas. */
  @Test
  void of_many_who_start_one_at_once_one_does() throws Exception {
    long before = verifications();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Integer> statuses =
          threads
              .invokeAll(
                  Stream.<Callable<Integer>>generate(
                          () -> () -> cleo().post("/api/ledger/verify", null).status())
                      .limit(10)
                      .toList())
              .stream()
              .map(each -> each.resultNow())
              .toList();

      assertThat(statuses).containsOnly(202, 409).contains(202);
      assertThat(verifications() - before)
          .isEqualTo(statuses.stream().filter(status -> status == 202).count());
      assertThat(
              count(
                  "job a JOIN job b ON a.kind = b.kind AND a.id < b.id AND b.created_at <"
                      + " a.finished_at WHERE a.kind = 'ledger-verification'"))
          .isZero();
    }
  }

  private TestClient.TestCaller cleo() {
    return client.as("cleo", Role.COMPLIANCE_OFFICER);
  }

  private TestClient.TestCaller vera() {
    return client.as("vera", Role.VIEWER);
  }

  private static JsonNode read(TestClient.TestCaller caller) {
    return caller.get("/api/ledger/verification").json();
  }

  private long verifications() {
    return count("job WHERE kind = 'ledger-verification'");
  }

  private long count(String from) {
    return Objects.requireNonNull(
        transactions.execute(
            status -> sql.sql("SELECT count(*) FROM " + from).query(Long.class).single()));
  }
}
