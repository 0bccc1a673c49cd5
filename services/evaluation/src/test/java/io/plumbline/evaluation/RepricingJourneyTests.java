package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.observability.Metrics;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient.Answer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.JsonNode;

/** Tests that a verdict notices when the prices change that its cost was computed with. */
@PlumblineTest
class RepricingJourneyTests extends EvaluationFixture {

  private static final AtomicInteger VERSION = new AtomicInteger();

  @Autowired
  @Qualifier("jobWorkers")
  SmartLifecycle workers;

  @Autowired MeterRegistry meters;

  /** Other tests are judged by the price of this model, too. */
  @AfterEach
  void restorePrice() {
    price("1");
    awaitJudged();
  }

  @Test
  void a_verdict_that_does_not_pass_under_a_new_price_is_replaced_and_others_stay() {
    Digest strict = Digest.ofText("strict about cost");
    Digest generous = Digest.ofText("generous about cost");
    // 100 tokens of input for an answer: 0.1 USD for 1,000 answers.
    price("1");
    UUID first = judged("strict-cost", strict, 0.5);
    UUID second = judged("generous-cost", generous, 1_000);
    assertThat(basis(first).at("/prices/0/model").asString()).isEqualTo("acme/large");
    assertThat(basis(first).at("/usage/0/inputTokens").asLong()).isPositive();

    price("2");
    price("100");

    VerdictIssued replaced =
        events.awaitPublished(
            VerdictIssued.class, event -> first.equals(event.repricedVerdictId()));
    assertThat(replaced.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(replaced.reasons().getFirst()).contains("cost_per_1000_usd is 10.0000");
    assertThat(replaced.pricesDigest()).isNotNull();
    assertThat(supersession(first)).isEqualTo("LATER_VERDICT");
    assertThat(supersession(replaced.verdictId())).isEqualTo("null");
    // The job of the last price has judged the other application too, which comes before.
    assertThat(supersession(second)).isEqualTo("null");
    assertThat(events.published(VerdictIssued.class))
        .noneMatch(event -> second.equals(event.repricedVerdictId()));
    for (UUID each : List.of(first, second, replaced.verdictId())) {
      assertThat(ada().get("/api/verdicts/" + each + "/replay").json().at("/equal").asBoolean())
          .isTrue();
    }
  }

  @Test
  void a_price_that_is_set_right_lets_the_same_run_pass_again() {
    price("1");
    UUID first = judged("corrected-cost", Digest.ofText("corrected cost"), 0.5);
    price("100");
    UUID failed = replacementOf(first, Outcome.FAIL);

    price("1");

    UUID passed = replacementOf(failed, Outcome.PASS);
    assertThat(supersession(failed)).isEqualTo("LATER_VERDICT");
    assertThat(supersession(passed)).isEqualTo("null");
    for (UUID each : List.of(first, failed, passed)) {
      assertThat(ada().get("/api/verdicts/" + each + "/replay").json().at("/equal").asBoolean())
          .isTrue();
    }
    price("100");
    replacementOf(passed, Outcome.FAIL);
  }

  @Test
  void a_price_that_is_set_right_opens_nothing_after_a_canary_failed() throws SQLException {
    price("1");
    UUID first = judged("canaried-cost", Digest.ofText("cost before a canary"), 0.5);
    price("100");
    UUID failed = replacementOf(first, Outcome.FAIL);
    execute(
        """
        INSERT INTO verdict (workspace_id, id, kind, application, sequence, subject_digest, seed, outcome,
          judgement, issued_by, issued_at)
        SELECT workspace_id, gen_random_uuid(), 'CANARY', application, sequence + 1, subject_digest, 0, 'FAIL',
          judgement, 'guard', now()
        FROM verdict WHERE id = '%s'
        """
            .formatted(failed));

    price("1");

    awaitJudged();
    assertNotReplaced(failed);
  }

  @Test
  void a_listing_that_changes_without_its_price_judges_nothing() throws SQLException {
    price("7");
    awaitJudged();
    int jobs = count("SELECT count(*) FROM job WHERE kind = 'evaluation-repricing'");

    publish("7.00", "Other terms");
    publish("7", "Terms of Acme");

    awaitJudged();
    assertThat(count("SELECT count(*) FROM job WHERE kind = 'evaluation-repricing'"))
        .isEqualTo(jobs);
  }

  @Test
  void changes_in_a_row_are_one_job() throws SQLException {
    price("1");
    awaitJudged();
    workers.stop();
    try {
      price("2");
      price("3");
      awaitKnown();
      assertThat(
              count(
                  "SELECT count(*) FROM job WHERE kind = 'evaluation-repricing' AND state ="
                      + " 'QUEUED'"))
          .isOne();
    } finally {
      workers.start();
    }
  }

  @Test
  void a_verdict_that_cannot_be_judged_stops_no_other_and_is_tried_again() throws SQLException {
    price("1");
    UUID broken = judged("broken-cost-a", Digest.ofText("cost that cannot be judged"), 0.5);
    UUID sound = judged("broken-cost-b", Digest.ofText("cost behind it"), 0.5);
    changeEvidence("UPDATE verdict SET criteria_version = 99 WHERE id = '" + broken + "'");
    try {
      price("100");

      replacementOf(sound, Outcome.FAIL);
      await()
          .untilAsserted(() ->
              assertThat(
                      count(
                          "SELECT count(*) FROM job WHERE kind = 'evaluation-repricing' AND state ="
                              + " 'QUEUED' AND message LIKE '1 verdicts could not be judged%'"))
                  .isOne());
      assertThat(Metrics.REPRICING_FAILURES.counter(meters).count()).isPositive();
      assertNotReplaced(broken);
    } finally {
      changeEvidence("UPDATE verdict SET criteria_version = 1 WHERE id = '" + broken + "'");
    }
    execute("UPDATE job SET run_after = now() WHERE kind = 'evaluation-repricing'");
    replacementOf(broken, Outcome.FAIL);
  }

  @Test
  void each_verdict_is_written_in_a_transaction_of_its_own() throws SQLException {
    price("1");
    List<UUID> passed =
        judged(
            "two-costs",
            List.of(Digest.ofText("one of two costs"), Digest.ofText("other of two costs")),
            0.5);

    price("100");

    passed.forEach(each -> replacementOf(each, Outcome.FAIL));
    assertThat(
            count(
                "SELECT count(DISTINCT xmin::text) FROM verdict WHERE application = 'two-costs' AND"
                    + " repriced_verdict_id IS NOT NULL"))
        .isEqualTo(2);
  }

  @Test
  void a_price_that_was_never_published_turns_no_verdict() {
    price("1");
    UUID verdict = judged("unlisted-cost", InferenceFake.UNLISTED, 0.5);
    assertThat(basis(verdict).at("/recordedModels/0").asString()).isEqualTo("acme/unlisted");

    price("2");
    awaitJudged();
    assertNotReplaced(verdict);

    price("100");
    replacementOf(verdict, Outcome.FAIL);
  }

  private UUID replacementOf(UUID verdict, Outcome outcome) {
    VerdictIssued replaced =
        events.awaitPublished(
            VerdictIssued.class, event -> verdict.equals(event.repricedVerdictId()));
    assertThat(replaced.outcome()).isEqualTo(outcome);
    return replaced.verdictId();
  }

  private void assertNotReplaced(UUID verdict) {
    assertThat(events.published(VerdictIssued.class))
        .noneMatch(event -> verdict.equals(event.repricedVerdictId()));
  }

  /** Waits until the last price is known and no job of another one is left. */
  private static void awaitJudged() {
    awaitKnown();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(
                    count(
                        "SELECT count(*) FROM job WHERE kind = 'evaluation-repricing' AND state IN"
                            + " ('QUEUED', 'RUNNING')"))
                .isZero());
  }

  private static void awaitKnown() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(count("SELECT version FROM model_price WHERE model = 'acme/large'"))
                .isEqualTo(VERSION.get()));
  }

  private static int count(String query) throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("evaluation");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void execute(String... commands) throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("evaluation");
        Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    }
  }

  /** Changes rows that are written once, past the triggers that refuse it. */
  private static void changeEvidence(String command) throws SQLException {
    execute("SET session_replication_role = replica", command);
  }

  private UUID judged(String application, Digest variant, double most) {
    return judged(application, List.of(variant), most).getFirst();
  }

  private List<UUID> judged(String application, List<Digest> variants, double most) {
    application(application);
    Digest split = split(application);
    String suite = publishedSuite(application, split);
    Digest criteria =
        criteria(
            application,
            suite,
            4,
            List.of(
                new Criterion(
                    "accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.1, 0.5, 0, 50),
                new Criterion(
                    "cost_per_1000_usd",
                    MetricKind.COST,
                    Direction.AT_MOST,
                    most,
                    most / 2,
                    0,
                    50)));
    String validation = publishedSuite(suite(application + "-v", split, "validation"));
    List<UUID> verdicts = new ArrayList<>();
    for (Digest variant : variants) {
      variant(application, variant);
      // The spread of the cost is measured on validation before a run is judged.
      finishedRun(application, validation, variant);
      String run = finishedRun(application, suite, variant);
      Answer verdict = verdict(application, "RELEASE", run, criteria);
      assertThat(verdict.json().at("/outcome").asString()).as(verdict.body()).isEqualTo("PASS");
      verdicts.add(UUID.fromString(verdict.json().at("/verdictId").asString()));
    }
    return verdicts;
  }

  private void price(String usd) {
    publish(usd, "Terms of Acme");
  }

  private void publish(String usd, String licence) {
    events.publish(
        new BaseModelListed(
            "acme/large",
            Digest.ofText("acme/large"),
            "acme",
            128_000,
            Money.usd(usd),
            null,
            Money.usd("0"),
            licence,
            null,
            false),
        "acme/large",
        VERSION.incrementAndGet());
  }

  private JsonNode basis(UUID verdict) {
    return ada().get("/api/verdicts/" + verdict).json().at("/costBasis");
  }

  private String supersession(UUID verdict) {
    JsonNode superseded = ada().get("/api/verdicts/" + verdict).json().at("/supersededBy");
    return superseded.isNull() ? "null" : superseded.asString();
  }
}
