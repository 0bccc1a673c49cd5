package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.ComparisonFinished;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests comparisons that are too large to be answered at once, and impossible ones. */
@PlumblineTest
class ComparisonJourneyTests extends EvaluationFixture {

  private static final String APPLICATION = "compared-at-length";

  /** A variant of this test alone, since the variants of the fake belong to other applications. */
  private static final Digest FORMER = Digest.ofText("variant that is compared");

  private static final Digest LATTER = Digest.ofText("variant that is compared with it");

  private static String suite = "";
  private static String baseline = "";
  private static String candidate = "";

  @BeforeEach
  void measure_two_variants_once() {
    if (suite.isEmpty()) {
      application(APPLICATION);
      variant(APPLICATION, FORMER);
      variant(APPLICATION, LATTER);
      suite = publishedSuite(APPLICATION, split(APPLICATION));
      criteria(APPLICATION, suite);
      baseline = finishedRun(APPLICATION, suite, FORMER);
      candidate = finishedRun(APPLICATION, suite, LATTER);
      assertThat(baseline(APPLICATION, baseline).status()).isEqualTo(201);
    }
  }

  private Answer compare(String run) {
    return ada()
        .post(
            "/api/comparisons",
            Map.of("application", APPLICATION, "baselineRunId", baseline, "runIds", List.of(run)));
  }

  private JsonNode awaitEnd(String comparison) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> ada().get("/api/comparisons/" + comparison).json(),
            found -> !found.at("/state").asString().equals("RUNNING"));
  }

  @Test
  void a_job_computes_what_a_small_comparison_answers_at_once() throws SQLException {
    baselineItems(130);
    Answer small = compare(candidate);
    assertThat(small.status()).isEqualTo(201);

    baselineItems(10_001);
    Answer large = compare(candidate);
    assertThat(large.status()).isEqualTo(202);
    String id = large.json().at("/comparisonId").asString();
    JsonNode finished = awaitEnd(id);
    assertThat(finished.at("/state").asString()).isEqualTo("FINISHED");
    assertThat(finished.at("/deltas")).isEqualTo(small.json().at("/deltas"));
    events.awaitPublished(
        ComparisonFinished.class, event -> event.comparisonId().toString().equals(id));
  }

  @Test
  void one_that_cannot_be_made_is_refused_at_once() throws SQLException {
    baselineItems(10_001);
    Map<String, Object> opening = Map.of("reason", "Compared with another suite");
    assertThat(ada().post("/api/suites/%s/open".formatted(suite), opening).status()).isEqualTo(200);
    String others =
        publishedSuite(suite("other-rows", split(APPLICATION + "-others"), "validation"));
    String elsewhere = finishedRun(APPLICATION, others, LATTER);

    Answer refused = compare(elsewhere);
    assertThat(problem(refused)).isEqualTo("nothing-in-common");
    assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/runIds/0");

    execute(notApplicable("{label}"));
    Answer inapplicable = compare(candidate);
    execute(notApplicable("{}"));
    assertThat(problem(inapplicable)).isEqualTo("nothing-in-common");
  }

  private static String notApplicable(String scorers) {
    return "UPDATE run_item SET not_applicable = '%s' WHERE run_id = '%s'"
        .formatted(scorers, candidate);
  }

  @Test
  void one_that_a_job_cannot_compute_fails_with_the_reason() throws SQLException {
    String unknown = "request || '{\"runIds\": [\"%s\"]}'".formatted(new UUID(0, 1));
    JsonNode failed = awaitEnd(requested(unknown, 0));
    assertThat(failed.at("/state").asString()).isEqualTo("FAILED");
    assertThat(failed.at("/reason").asString())
        .isEqualTo("The comparison stopped with an error: No value present");
    assertThat(failed.at("/deltas").isEmpty()).isTrue();
  }

  @Test
  void one_whose_job_is_given_up_fails() throws SQLException {
    JsonNode failed = awaitEnd(requested("request", 5));
    assertThat(failed.at("/state").asString()).isEqualTo("FAILED");
    assertThat(failed.at("/reason").asString())
        .isEqualTo("All 5 attempts were interrupted before they ended; submit the job again");
  }

  /**
   * Stores a comparison that waits for its job.
   *
   * @param request an SQL expression for its request, over the row of another comparison
   * @param attempts the attempts of the job so far
   */
  private String requested(String request, int attempts) throws SQLException {
    baselineItems(130);
    String small = compare(candidate).json().at("/comparisonId").asString();
    UUID id = Ids.next();
    execute(
        """
        INSERT INTO comparison SELECT workspace_id, '%s', application, %s, NULL, NULL, created_by, created_at
        FROM comparison WHERE id = '%s'
        """
            .formatted(id, request, small));
    execute(
        """
        INSERT INTO job (id, workspace_id, kind, payload, priority, state, attempt)
        SELECT gen_random_uuid(), workspace_id, 'evaluation-comparison', jsonb_build_object('comparisonId', id), 0,
          'QUEUED', %d
        FROM comparison WHERE id = '%s'
        """
            .formatted(attempts, id));
    return id.toString();
  }

  /**
   * Sets the number of items of the baseline run, by which the size of a comparison is judged.
   * Getting so many answers would take minutes.
   */
  private static void baselineItems(int total) throws SQLException {
    execute("UPDATE run SET total = %d WHERE id = '%s'".formatted(total, baseline));
  }

  /** Executes a change without the triggers that protect evidence. */
  private static void execute(String change) throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("evaluation");
        Statement statement = connection.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      assertThat(statement.executeUpdate(change)).isPositive();
    }
  }
}
