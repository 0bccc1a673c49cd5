package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.contracts.EvaluationEvent.TrivialScores;
import io.plumbline.contracts.EvaluationEvent.TrivialScoresComputed;
import io.plumbline.contracts.TrivialVariant;
import io.plumbline.items.Document;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.items.PassageReference;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Tests questions about documents. Every fifth question has no answer. The variant abstains from
 * half of these, and gives all others the same answer.
 */
@PlumblineTest
class DocumentQuestionsJourneyTests extends EvaluationFixture {

  private static final List<Map<String, Object>> SCORERS =
      List.of(
          Map.of("type", "squad_exact"),
          Map.of("type", "recall_at_k", "k", 5),
          Map.of("type", "citation_precision"),
          Map.of("type", "groundedness", "threshold", 0.8),
          Map.of("type", "coverage"),
          Map.of("type", "in_scope_coverage"),
          Map.of("type", "out_of_scope_recall"),
          Map.of("type", "selective", "of", "squad_exact"),
          Map.of("type", "brier", "of", "squad_exact"),
          Map.of("type", "calibration_error", "of", "squad_exact"));

  private static final List<Criterion> CRITERIA_OF_ANSWERS =
      List.of(
          quality("squad_exact", Direction.AT_LEAST, 0.7, 0.95),
          quality("recall_at_k", Direction.AT_LEAST, 0.7, 1),
          quality("groundedness", Direction.AT_LEAST, 0.7, 1),
          quality("in_scope_coverage", Direction.AT_LEAST, 0.7, 1),
          quality("selective", Direction.AT_LEAST, 0.6, 0.9),
          quality("brier", Direction.AT_MOST, 0.3, 0.05),
          new Criterion("cost_per_1000_usd", MetricKind.COST, Direction.AT_MOST, 1, 0.5, 0, 50));

  private static Criterion quality(
      String metric, Direction direction, double threshold, double alternative) {
    MetricKind kind =
        metric.equals("groundedness") ? MetricKind.JUDGED_QUALITY : MetricKind.TASK_QUALITY;
    return new Criterion(metric, kind, direction, threshold, alternative, 0, 50);
  }

  private static List<String> questions(String name) {
    return IntStream.range(0, 100)
        .mapToObj(i ->
            line(
                new Item(
                    name + i,
                    Input.ofText("How long does it take, asks %s%d?".formatted(name, i)),
                    i % 5 == 0
                        ? Expected.ofAnswers(List.of(), List.of())
                        : Expected.ofAnswers(
                            List.of("It takes 14 days"),
                            List.of(new PassageReference("returns.md", "Returns", null))),
                    null)))
        .toList();
  }

  private Digest questionSplit(String name) {
    return split(
        name, true, Map.of("validation", questions(name + "explored"), "test", questions(name)));
  }

  private Digest indexOf(String name, String... texts) {
    Digest documents =
        split(
            name + "-documents",
            true,
            Map.of(
                "documents",
                IntStream.range(0, texts.length)
                    .mapToObj(i ->
                        line(
                            new Item(
                                "d" + i,
                                Input.ofDocument(
                                    new Document("d" + i, "Returns", texts[i], null, null)),
                                null,
                                null)))
                    .toList()));
    Digest index = Digest.ofText("index of " + name);
    indexed(index, documents, "documents");
    return index;
  }

  private static Map<String, Object> suiteOf(
      String name, Digest split, String subset, List<Map<String, Object>> scorers) {
    return Map.of("name", name, "splitDigest", split, "subset", subset, "scorers", scorers);
  }

  private static void assertMeasured(JsonNode run, String metric, double value, int items) {
    JsonNode measure = run.at("/metrics/" + metric);
    assertThat(measure.path("value").asDouble(-1)).as(metric).isCloseTo(value, within(1e-9));
    assertThat(measure.path("observations").asInt(-1)).as(metric).isEqualTo(items);
  }

  @Test
  void answers_from_documents_are_scored_where_scorers_apply_judged_and_scored_again() {
    String application = "returns";
    application(application);
    Digest reader = InferenceFake.READER;
    variant(application, reader, "local/reader", null, indexOf(application, "It takes 14 days."));
    Digest split = questionSplit(application);

    String exploring = publishedSuite(suiteOf("returns-explored", split, "validation", SCORERS));
    assertPublished(exploring);
    String explored = finishedRun(application, exploring, reader);
    JsonNode run = ada().get("/api/runs/" + explored).json();
    assertMeasured(run, "squad_exact", 0.9, 100);
    assertMeasured(run, "recall_at_k", 1, 80);
    assertMeasured(run, "citation_precision", 1, 80);
    assertMeasured(run, "groundedness", 1, 90);
    assertMeasured(run, "coverage", 0.9, 100);
    assertMeasured(run, "in_scope_coverage", 1, 80);
    assertMeasured(run, "out_of_scope_recall", 0.5, 20);
    assertMeasured(run, "selective", 80.0 / 90, 90);
    assertMeasured(run, "brier", (80 * 0.01 + 10 * 0.55 * 0.55) / 90, 90);
    assertMeasured(run, "calibration_error", (80 * 0.1 + 10 * 0.55) / 90, 90);
    assertShown(explored);
    assertListed(explored);
    assertDistributed(explored);
    assertCurve(explored);

    String suite = publishedSuite(suiteOf(application, split, "test", SCORERS));
    Digest criteria = criteria(application, suite, 2, CRITERIA_OF_ANSWERS);
    String judged = finishedRun(application, suite, reader);
    for (String sealed : List.of("/abstention", "/scores")) {
      assertThat(problem(ada().get("/api/runs/" + judged + sealed))).isEqualTo("sealed");
    }
    int embedded = INFERENCE.embeddings();
    Answer verdict = verdict(application, "PHASE", judged, criteria);
    assertThat(verdict.json().at("/outcome").asString()).as(verdict.body()).isEqualTo("PASS");
    JsonNode replay =
        ada()
            .get("/api/verdicts/%s/replay".formatted(verdict.json().at("/verdictId").asString()))
            .json();
    assertThat(replay.at("/equal").asBoolean()).isTrue();
    assertThat(INFERENCE.embeddings()).isEqualTo(embedded);
  }

  private void assertPublished(String suite) {
    SuitePublished published =
        events.awaitPublished(
            SuitePublished.class, event -> event.suiteDigest().hex().equals(suite));
    assertThat(published.metrics())
        .contains(
            new SuiteMetric("brier", MetricKind.TASK_QUALITY, Direction.AT_MOST, 1.0, 100),
            new SuiteMetric(
                "groundedness", MetricKind.JUDGED_QUALITY, Direction.AT_LEAST, 1.0, 100),
            new SuiteMetric(
                "out_of_scope_recall", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 1.0, 20));
    assertThat(ada().get("/api/suites/" + suite).json().at("/applicableItems").toString())
        .isEqualTo(
            "{\"recall_at_k\":80,\"in_scope_coverage\":80,\"citation_precision\":80,\"out_of_scope_recall\":20}");
  }

  /** Asserts how an item is shown that the variant abstained from. */
  private void assertShown(String run) {
    JsonNode items = ada().get("/api/runs/" + run + "/items?limit=100").json().at("/items");
    JsonNode abstained =
        StreamSupport.stream(items.spliterator(), false)
            .filter(item -> item.path("abstained").asBoolean())
            .findFirst()
            .orElseThrow();
    assertThat(abstained.path("confidence").asDouble()).isEqualTo(0.1);
    assertThat(abstained.path("notApplicable").toString())
        .isEqualTo(
            "[\"recall_at_k\",\"citation_precision\",\"groundedness\",\"in_scope_coverage\"]");
    JsonNode shown =
        ada().get("/api/runs/%s/items/%d".formatted(run, abstained.path("ordinal").asInt())).json();
    assertThat(shown.at("/expected/answers").toString()).isEqualTo("[]");
    assertThat(shown.at("/output/plumbline/abstained").asBoolean()).isTrue();
    assertThat(shown.at("/relevant").toString()).isEqualTo("[]");
    JsonNode found =
        StreamSupport.stream(items.spliterator(), false)
            .filter(item -> item.at("/scores/recall_at_k/score").asDouble(0) == 1)
            .findFirst()
            .orElseThrow();
    assertThat(
            ada()
                .get("/api/runs/%s/items/%d".formatted(run, found.path("ordinal").asInt()))
                .json()
                .at("/relevant")
                .toString())
        .isEqualTo("[1]");
  }

  private void assertListed(String run) {
    String items = "/api/runs/" + run + "/items?limit=1";
    assertThat(total(items + "&abstained=true")).isEqualTo(10);
    assertThat(total(items + "&scorer=squad_exact&below=0.5")).isEqualTo(10);
    assertThat(total(items + "&abstained=true&scorer=squad_exact&below=0.5")).isZero();
    assertThat(total(items + "&scorer=recall_at_k&below=1.1")).isEqualTo(80);
    assertThat(ada().get(items + "&scorer=squad_exact").status()).isEqualTo(400);
    assertThat(ada().get(items + "&below=0.5").status()).isEqualTo(400);
    assertThat(ada().get(items + "&disagreements=true&abstained=true").status()).isEqualTo(400);
    assertThat(ada().get(items + "&scorer=coverage&below=0.5").body())
        .contains("name one of [squad_exact, recall_at_k,");
  }

  private int total(String items) {
    return ada().get(items).json().at("/total/value").asInt(-1);
  }

  private void assertDistributed(String run) {
    JsonNode distributions = ada().get("/api/runs/" + run + "/scores").json().at("/distributions");
    assertThat(distributions.valueStream().map(each -> each.path("scorer").asString()).toList())
        .startsWith("squad_exact", "recall_at_k")
        .doesNotContain("coverage", "brier");
    JsonNode exact = distributions.get(0);
    assertThat(exact.at("/ranges/0").toString())
        .isEqualTo("{\"from\":0.0,\"to\":0.0,\"items\":10}");
    assertThat(exact.at("/ranges/11").toString())
        .isEqualTo("{\"from\":1.0,\"to\":1.0,\"items\":90}");
    assertThat(distributions.get(1).path("notApplicable").asInt()).isEqualTo(20);
  }

  private void assertCurve(String run) {
    JsonNode curve = ada().get("/api/runs/" + run + "/abstention").json();
    assertThat(curve.path("scorer").asString()).isEqualTo("squad_exact");
    assertThat(curve.path("inScopeScorer").asString()).isEqualTo("in_scope_coverage");
    assertThat(curve.path("outOfScopeScorer").asString()).isEqualTo("out_of_scope_recall");
    assertThat(curve.at("/points/2").toString())
        .isEqualTo(
            "{\"threshold\":0.9,\"coverage\":0.8,\"inScopeCoverage\":1.0,\"answered\":80,"
                + "\"score\":1.0,\"outOfScopeRecall\":1.0}");
    assertThat(curve.path("points").size()).isEqualTo(3);
  }

  @Test
  void answers_to_answerable_questions_are_measured_beside_answers_to_all() {
    String application = "answerable";
    application(application);
    Digest reader = Digest.ofText("answerable variant");
    INFERENCE.reads(reader);
    variant(application, reader, "local/reader", null, indexOf(application, "It takes 14 days."));
    List<Map<String, Object>> scorers =
        List.of(Map.of("type", "token_f1"), Map.of("type", "token_f1", "over", "ANSWERABLE"));
    String suite =
        publishedSuite(suiteOf(application, questionSplit(application), "validation", scorers));

    JsonNode shown = ada().get("/api/suites/" + suite).json();
    assertThat(shown.at("/definition/scorers").toString())
        .isEqualTo(
            "[{\"type\":\"token_f1\",\"name\":\"token_f1\",\"version\":1},"
                + "{\"type\":\"token_f1\",\"name\":\"token_f1_answerable\",\"version\":1,"
                + "\"over\":\"ANSWERABLE\"}]");
    assertThat(shown.at("/applicableItems").toString()).isEqualTo("{\"token_f1_answerable\":80}");
    assertTriviallyScored(shown);
    JsonNode run = ada().get("/api/runs/" + finishedRun(application, suite, reader)).json();
    assertMeasured(run, "token_f1", 0.9, 100);
    assertMeasured(run, "token_f1_answerable", 1, 80);
    assertThat(run.at("/metrics/token_f1_answerable/low").asDouble())
        .isCloseTo(80 / (80 + 1.959963984540054 * 1.959963984540054), within(1e-9));
  }

  /** Asserts the scores of trivial variants, where every fifth question has no answer. */
  private void assertTriviallyScored(JsonNode suite) {
    assertThat(suite.at("/trivialScores/0/scores").toString())
        .isEqualTo("{\"token_f1\":0.2,\"token_f1_answerable\":0.0}");
    TrivialScoresComputed published =
        events.awaitPublished(
            TrivialScoresComputed.class,
            each -> each.suiteDigest().hex().equals(suite.at("/suiteDigest").asString()));
    assertThat(published.variants())
        .extracting(TrivialScores::variant, TrivialScores::scores)
        .containsExactly(
            tuple(
                TrivialVariant.ALWAYS_ABSTAINS,
                Map.of("token_f1", 0.2, "token_f1_answerable", 0.0)),
            tuple(TrivialVariant.NEVER_ABSTAINS, Map.of()));
  }

  @Test
  void a_suite_whose_items_a_scorer_never_applies_to_is_refused() {
    Digest split =
        split(
            "nothing-asked",
            true,
            Map.of(
                "validation",
                List.of(
                    line(
                        new Item(
                            "a",
                            Input.ofText("How long?"),
                            Expected.ofAnswers(List.of("14 days"), List.of()),
                            null)))));
    Map<String, Object> suite =
        suiteOf(
            "nothing-asked",
            split,
            "validation",
            List.of(
                Map.of("type", "squad_exact"),
                Map.of("type", "ndcg_at_k", "k", 3),
                Map.of("type", "out_of_scope_recall")));

    Answer refused = awaitProblem("not-measurable", () -> ada().post("/api/suites", suite));

    assertThat(refused.json().at("/errors").toString())
        .contains(
            "applies to none of 1 items: it is for those with passages",
            "applies to none of 1 items: it is for those with answers that are an empty list");
  }

  @Test
  void documents_leak_an_item_only_where_one_has_question_and_answer_together() {
    String application = "gold";
    application(application);
    Digest split = questionSplit(application);
    String suite =
        publishedSuite(suiteOf(application, split, "test", List.of(Map.of("type", "squad_exact"))));
    criteria(
        application,
        suite,
        4,
        List.of(CRITERIA_OF_ANSWERS.getFirst(), CRITERIA_OF_ANSWERS.getLast()));
    Digest priced = Digest.ofText("gold variant");
    String question = "How long does it take, asks gold7?";
    INFERENCE.reads(priced);
    variant(
        application,
        priced,
        "local/reader",
        null,
        indexOf("gold", "It takes 14 days.", question, question + " It takes 14 days."));
    finishedRun(
        application,
        publishedSuite(
            suiteOf("gold-explored", split, "validation", List.of(Map.of("type", "squad_exact")))),
        priced);

    JsonNode run = ada().get("/api/runs/" + finishedRun(application, suite, priced)).json();

    assertThat(run.at("/leakage").toString())
        .isEqualTo("{\"items\":100,\"leaking\":1,\"sources\":{\"INDEX\":1}}");
  }

  @Test
  void a_run_without_confidences_or_over_opened_test_items_has_no_curve() {
    String application = "curveless";
    application(application);
    Digest variant = Digest.ofText("curveless variant");
    variant(application, variant);
    Digest split = split(application);
    String run =
        finishedRun(application, publishedSuite(suite("curveless", split, "validation")), variant);
    assertThat(problem(ada().get("/api/runs/" + run + "/abstention"))).isEqualTo("no-confidence");

    String suite = publishedSuite("curveless", split);
    criteria(application, suite);
    String judged = finishedRun(application, suite, variant);
    ada().post("/api/suites/" + suite + "/open", Map.of("reason", "To see what went wrong."));
    assertThat(problem(ada().get("/api/runs/" + judged + "/abstention")))
        .isEqualTo("not-validation");
  }
}
