package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.ComparisonFinished;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests runs over validation rows, which are compared with each other and decide nothing. */
@PlumblineTest
class ExplorationJourneyTests extends EvaluationFixture {

  private static final String APPLICATION = "explorer";
  private static final Digest FIRST = Digest.ofText("variant that was explored");
  private static final Digest SECOND = Digest.ofText("variant that is explored");

  private static String suite = "";
  private static String first = "";
  private static String second = "";

  @BeforeEach
  void explore_two_variants_once() {
    if (suite.isEmpty()) {
      application(APPLICATION);
      variant(APPLICATION, FIRST);
      variant(APPLICATION, SECOND);
      INFERENCE.strengthens(SECOND);
      suite = publishedSuite(suite(APPLICATION, split(APPLICATION), "validation"));
      first = finishedRun(APPLICATION, suite, FIRST);
      second = finishedRun(APPLICATION, suite, SECOND);
    }
  }

  private Answer compare(String with, String run) {
    return ada()
        .post(
            "/api/comparisons",
            Map.of("application", APPLICATION, "baselineRunId", with, "runIds", List.of(run)));
  }

  private Answer items(String comparison, String run, String filter) {
    return ada()
        .get("/api/comparisons/%s/items?runId=%s&limit=100%s".formatted(comparison, run, filter));
  }

  @Test
  void two_runs_of_one_suite_are_compared_as_exploration() {
    Answer compared = compare(first, second);

    assertThat(compared.status()).isEqualTo(201);
    JsonNode comparison = compared.json();
    assertThat(comparison.at("/exploration").asBoolean()).isTrue();
    int gained = comparison.at("/deltas/0/correct/table/onlyCandidate").asInt();
    assertThat(comparison.at("/deltas/0/differences/accuracy/value").asDouble())
        .isEqualTo(gained / 100.0);
    assertThat(comparison.at("/deltas/0/differences/accuracy/low").asDouble()).isGreaterThan(0.1);
    assertThat(gained).isBetween(20, 30);
    String id = comparison.at("/comparisonId").asString();
    assertThat(ada().get("/api/comparisons/" + id).json()).isEqualTo(comparison);
    events.awaitPublished(
        ComparisonFinished.class,
        event ->
            event.comparisonId().toString().equals(id) && Boolean.TRUE.equals(event.exploration()));
  }

  @Test
  void the_items_that_differ_are_listed_with_the_scores_of_both() {
    JsonNode compared = compare(first, second).json();
    String comparison = compared.at("/comparisonId").asString();

    JsonNode changed = items(comparison, second, "&onlyChanged=true").json();

    assertThat(changed.at("/total/value").asInt())
        .isEqualTo(compared.at("/deltas/0/correct/table/onlyCandidate").asInt());
    assertThat(items(comparison, second, "").json().at("/total/value").asInt()).isEqualTo(100);
    for (JsonNode item : changed.at("/items")) {
      assertThat(item.at("/label").asString()).isEqualTo("spam");
      assertThat(item.at("/baselinePrediction").asString()).isEqualTo("ham");
      assertThat(item.at("/prediction").asString()).isEqualTo("spam");
      assertThat(item.at("/scores").toString())
          .isEqualTo("{\"label\":{\"baseline\":0.0,\"score\":1.0,\"difference\":1.0}}");
    }
    String of = changed.at("/items/0/itemId").asString();
    String shown =
        "/api/runs/%s/items/%s".formatted(second, changed.at("/items/0/ordinal").asString());
    assertThat(ada().get(shown).json().findValue("itemId").asString()).isEqualTo(of);
    assertThat(problem(items(comparison, first, ""))).isEqualTo("invalid");
  }

  @Test
  void exploration_spends_no_attempt_and_is_neither_baseline_nor_verdict() {
    String tested = publishedSuite(suite(APPLICATION + "-tested", split(APPLICATION)));
    Digest criteria = criteria(APPLICATION, tested);

    assertThat(compare(first, second).status()).isEqualTo(201);

    assertThat(attempts(tested, 2)).isEqualTo(List.of(0, 2));
    Answer refused = baseline(APPLICATION, first);
    assertThat(problem(refused)).isEqualTo("exploration-only");
    assertThat(refused.body())
        .contains("Compare a run over validation rows with another run of its suite");
    assertThat(problem(verdict(APPLICATION, "RELEASE", second, criteria)))
        .isEqualTo("exploration-only");
  }

  @Test
  void runs_of_two_suites_are_no_exploration_of_one() {
    String others =
        publishedSuite(suite("other-explored", split(APPLICATION + "-others"), "validation"));
    String elsewhere = finishedRun(APPLICATION, others, SECOND);

    Answer refused = compare(first, elsewhere);

    assertThat(problem(refused)).isEqualTo("exploration-only");
    assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/runIds/0");
    assertThat(refused.body()).contains("can be compared only with runs of its suite " + suite);
  }

  @Test
  void items_are_not_listed_while_test_items_are_among_them() {
    String application = "explored-sealed";
    application(application);
    Digest one = Digest.ofText("one variant over sealed rows");
    Digest other = Digest.ofText("other variant over sealed rows");
    variant(application, one);
    variant(application, other);
    List<String> rows = mails("sealed rows");
    Digest split =
        split(
            application,
            true,
            Map.of("validation", rows, "test", rows, "train", mails("sealed-t")));
    String explored = publishedSuite(suite(application, split, "validation"));
    String former = finishedRun(application, explored, one);
    String latter = finishedRun(application, explored, other);
    String comparison =
        ada()
            .post(
                "/api/comparisons",
                Map.of(
                    "application", application, "baselineRunId", former, "runIds", List.of(latter)))
            .json()
            .at("/comparisonId")
            .asString();
    assertThat(items(comparison, latter, "").status()).isEqualTo(200);

    publishedSuite(suite(application + "-tested", split));

    assertThat(problem(items(comparison, latter, ""))).isEqualTo("sealed");
  }
}
