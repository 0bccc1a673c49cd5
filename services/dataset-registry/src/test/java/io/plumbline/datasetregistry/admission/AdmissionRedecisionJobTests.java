package io.plumbline.datasetregistry.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.datasetregistry.dataset.Dataset;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetKind;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.projection.AdmissionPoliciesChanged;
import io.plumbline.datasetregistry.quality.Report;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.PlumblineTest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the effect that a change of the policies has on earlier admissions. */
@PlumblineTest
class AdmissionRedecisionJobTests {

  /** The number of versions, which is one more than a page. */
  private static final int VERSIONS = 101;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String POLICY =
      """
      [{"name":"any","expression":"true","message":"No."}]
      """;
  private static final String REPORT =
      """
      {"rows": 1, "emptyRows": 0, "findings": [], "notes": [],
       "duplicates": {"exact": 0, "near": 0, "clusters": 0, "threshold": 0.85},
       "privacy": {"findings": {}, "personal": 0, "secrets": 0, "affectedRows": 0}}
      """;

  @Autowired AdmissionGate gate;
  @Autowired Admissions admissions;
  @Autowired DatasetCatalog catalog;
  @Autowired ApplicationEventPublisher inside;
  @Autowired JdbcClient sql;
  @Autowired JsonMapper json;
  @Autowired PlatformTransactionManager transactions;

  private final UUID workspace = UUID.randomUUID();

  @BeforeEach
  void a_dataset() {
    in(() ->
        catalog.register(
            "mails",
            DatasetKind.CLASSIFICATION,
            new Dataset.Description("", "", ""),
            new Dataset.Columns("body", null, List.of())));
  }

  @Test
  void a_changed_policy_enqueues_one_job_which_decides_all_pages_once() {
    for (int number = 1; number <= VERSIONS; number++) {
      refused(number);
    }
    in(() -> {
      changePolicy();
      assertThat(revisions()).isEqualTo(VERSIONS);
      return true;
    });

    awaitJobs(1);
    assertThat(in(() -> admissions.newest("mails")))
        .hasSize(VERSIONS)
        .allSatisfy(admission -> assertThat(admission.outcome()).isEqualTo(Outcome.PASS));

    in(() -> {
      inside.publishEvent(new AdmissionPoliciesChanged());
      return true;
    });
    awaitJobs(2);
    assertThat(in(this::revisions)).isEqualTo(2 * VERSIONS);
  }

  @Test
  void a_decision_of_somebody_else_at_the_same_time_lets_the_job_run_again() {
    refused(1);
    in(() -> {
      gate.decide("mails", 1, Set.of(Purpose.INDEX));
      onceCommitted(this::changePolicy);
      await().atMost(PATIENCE).until(() -> in(() -> jobs("state = 'RUNNING'")) == 1);
      return true;
    });

    awaitJobs(1);
    assertThat(in(() -> admissions.newest("mails", 1)))
        .hasValueSatisfying(newest -> {
          assertThat(newest.outcome()).isEqualTo(Outcome.PASS);
          assertThat(newest.purposes()).containsExactly("INDEX");
        });
  }

  /** Publishes a version that no policy admits, and requests its admission. */
  private void refused(int number) {
    in(() -> {
      publish(number);
      return gate.decide("mails", number, Set.of(Purpose.TRAIN));
    });
  }

  private void publish(int number) {
    DatasetVersion.Origin origin =
        new DatasetVersion.Origin("CSV", Digest.ofText("source"), 1, null, List.of());
    DatasetVersion version = catalog.startVersion("mails", origin, any -> Ids.next());
    DatasetVersion.Content content =
        new DatasetVersion.Content(
            1,
            Digest.ofText("rows"),
            Digest.ofText("version " + number),
            Digest.ofText(REPORT),
            REPORT);
    catalog.publishVersion(
        version.id(), "mails", number, content, json.readValue(REPORT, Report.class), List.of());
  }

  private void changePolicy() {
    sql.sql(
            "INSERT INTO admission_policy (workspace_id, policy, version, source) VALUES (?, ?, ?,"
                + " ?)")
        .params(workspace, "any", 1, POLICY)
        .update();
    inside.publishEvent(new AdmissionPoliciesChanged());
  }

  private void onceCommitted(Runnable change) {
    Thread other =
        Thread.ofVirtual()
            .start(() ->
                in(() -> {
                  change.run();
                  return true;
                }));
    try {
      other.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitJobs(int expected) {
    await().atMost(PATIENCE).until(() -> in(() -> jobs("state = 'SUCCEEDED'")) == expected);
  }

  private long jobs(String which) {
    return sql.sql("SELECT count(*) FROM job WHERE workspace_id = ? AND kind = ? AND " + which)
        .params(workspace, AdmissionRedecisionJob.KIND)
        .query(Long.class)
        .single();
  }

  private long revisions() {
    return sql.sql("SELECT count(*) FROM admission").query(Long.class).single();
  }

  private <T> T in(Supplier<T> work) {
    try {
      return Objects.requireNonNull(
          Caller.system(workspace)
              .call(() -> new TransactionTemplate(transactions).execute(status -> work.get())));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
