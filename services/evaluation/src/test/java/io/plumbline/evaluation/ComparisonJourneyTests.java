package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.EvaluationEvent.ComparisonFinished;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Comparisons that are too large to be answered at once. */
@PlumblineTest
class ComparisonJourneyTests extends EvaluationFixture {

  private static final String APPLICATION = "compared-at-length";

  private static String suite = "";
  private static String baseline = "";
  private static String candidate = "";

  @BeforeEach
  void measure_two_variants_once() {
    if (suite.isEmpty()) {
      application(APPLICATION);
      variant(APPLICATION, InferenceFake.WEAK);
      variant(APPLICATION, InferenceFake.STRONG);
      suite = publishedSuite(APPLICATION, split(APPLICATION));
      criteria(APPLICATION, suite);
      baseline = finishedRun(APPLICATION, suite, InferenceFake.WEAK);
      candidate = finishedRun(APPLICATION, suite, InferenceFake.STRONG);
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
        .atMost(Duration.ofSeconds(20))
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

  /** So many answers would take minutes; how many there are is all that the size goes by. */
  private static void baselineItems(int total) throws SQLException {
    execute("UPDATE run SET total = %d WHERE id = '%s'".formatted(total, baseline));
  }

  /** Past the triggers that keep evidence as it is. */
  private static void execute(String change) throws SQLException {
    try (Connection connection = EmbeddedServers.superuser("evaluation");
        Statement statement = connection.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      assertThat(statement.executeUpdate(change)).isPositive();
    }
  }
}
