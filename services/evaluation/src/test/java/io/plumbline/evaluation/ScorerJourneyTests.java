package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.contracts.EvaluationEvent.SuiteScorer;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.items.ToolCall;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tests how conversations are answered, scored, judged and scored again from stored outputs. */
@PlumblineTest
class ScorerJourneyTests extends EvaluationFixture {

  private static final List<Map<String, Object>> SCORERS =
      List.of(
          Map.of("type", "tool_calls"),
          Map.of("type", "contains", "name", "says_how_long", "values", List.of("14 days")));

  private static final List<Criterion> CALLS_AND_COST =
      List.of(
          new Criterion("tool_calls", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.8, 1, 0, 50),
          new Criterion("cost_per_1000_usd", MetricKind.COST, Direction.AT_MOST, 1, 0.5, 0, 50));

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text);
  }

  /**
   * Returns conversations. Every second one asks for a refund, which takes a call; the others ask
   * how long it takes.
   */
  private static List<String> conversations(String name) {
    return IntStream.range(0, 120).mapToObj(i -> line(conversation(name, i))).toList();
  }

  private static Item conversation(String name, int i) {
    boolean refund = i % 2 == 0;
    ObjectNode system = json("{\"role\": \"system\", \"content\": \"You help customers.\"}");
    ObjectNode question = json("{\"role\": \"user\"}");
    question.put(
        "content",
        refund
            ? "Refund order 7 of customer %s%d".formatted(name, i)
            : "How long does it take, asks %s%d".formatted(name, i));
    ObjectNode tool =
        json(
            """
            {"type": "function", "function": {"name": "refund", "parameters": {"type": "object",
             "properties": {"order": {"type": "integer"}}}}}
            """);
    return new Item(
        name + i,
        new Input(List.of(system, question), List.of(tool)),
        refund
            ? new Expected(
                null, null, null, List.of(new ToolCall("refund", json("{\"order\": 7}"))))
            : Expected.NOTHING,
        null);
  }

  private Digest conversationSplit(String name) {
    return split(
        name,
        true,
        Map.of(
            "train", conversations(name + "-train"),
            "validation", conversations(name + "-validation"),
            "test", conversations(name)));
  }

  private static Map<String, Object> suiteOf(
      String name, Digest split, String subset, List<Map<String, Object>> scorers) {
    return Map.of("name", name, "splitDigest", split, "subset", subset, "scorers", scorers);
  }

  private static double value(JsonNode run, String metric) {
    return run.at("/metrics/" + metric + "/value").asDouble(-1);
  }

  @Test
  void conversations_are_scored_judged_and_scored_again() {
    String application = "refunds";
    application(application);
    variant(application, InferenceFake.CALLING);
    Digest split = conversationSplit(application);

    String exploring = publishedSuite(suiteOf("refunds-explored", split, "validation", SCORERS));
    SuitePublished published =
        events.awaitPublished(
            SuitePublished.class, event -> event.suiteDigest().hex().equals(exploring));
    assertThat(published.scorers())
        .extracting(SuiteScorer::name)
        .containsExactly("tool_calls", "says_how_long");
    assertThat(published.metrics())
        .extracting(SuiteMetric::metric)
        .containsExactly(
            "tool_calls", "says_how_long", "latency_p50_ms", "latency_p95_ms", "cost_per_1000_usd");
    String explored = finishedRun(application, exploring, InferenceFake.CALLING);
    JsonNode run = ada().get("/api/runs/" + explored).json();
    assertThat(value(run, "tool_calls")).isOne();
    assertThat(value(run, "says_how_long")).isEqualTo(0.5);
    assertThat(run.at("/confusion").isNull()).isTrue();
    assertShown(explored);
    assertScoredOtherwise(application, split);

    String suite = publishedSuite(suiteOf(application, split, "test", SCORERS));
    Digest criteria = criteria(application, suite, 2, CALLS_AND_COST);
    String judged = finishedRun(application, suite, InferenceFake.CALLING);
    for (String items : List.of("/items", "/items?onlyWrong=true", "/items/0")) {
      assertThat(problem(ada().get("/api/runs/" + judged + items))).isEqualTo("sealed");
    }
    Answer verdict = verdict(application, "PHASE", judged, criteria);
    assertThat(verdict.json().at("/outcome").asString()).isEqualTo("PASS");
    JsonNode replay =
        ada()
            .get("/api/verdicts/%s/replay".formatted(verdict.json().at("/verdictId").asString()))
            .json();
    assertThat(replay.at("/equal").asBoolean()).isTrue();
    assertThat(replay.at("/criteria")).isEqualTo(verdict.json().at("/criteria"));
  }

  /** Asserts what callers may see of a run over validation items. */
  private void assertShown(String run) {
    JsonNode wrong = ada().get("/api/runs/" + run + "/items?onlyWrong=true").json();
    assertThat(wrong.at("/total/value").asInt()).isEqualTo(60);
    JsonNode item = wrong.at("/items/0");
    assertThat(item.at("/scores").toString())
        .isEqualTo(
            "{\"tool_calls\":{\"score\":1.0,\"reason\":\"The expected tools were called.\"},"
                + "\"says_how_long\":{\"score\":0.0,\"reason\":\"The answer is a tool call without"
                + " a text.\"}}");
    assertThat(item.at("/label").isNull()).isTrue();
    JsonNode whole =
        ada().get("/api/runs/%s/items/%d".formatted(run, item.at("/ordinal").asInt())).json();
    assertThat(whole.at("/expected/toolCalls").toString())
        .isEqualTo("[{\"name\":\"refund\",\"arguments\":{\"order\":7}}]");
    assertThat(whole.at("/output/message/tool_calls").size()).isOne();
  }

  /** Asserts that another suite over the same items scores the same answers by its own scorers. */
  private void assertScoredOtherwise(String application, Digest split) {
    int asked = INFERENCE.callsOf(InferenceFake.CALLING);
    String suite =
        publishedSuite(
            suiteOf(
                "refunds-otherwise",
                split,
                "validation",
                List.of(
                    Map.of("type", "regex", "name", "names_days", "pattern", "\\d+ days?\\b"),
                    Map.of("type", "tool_calls", "name", "tools", "arguments", false))));

    JsonNode run =
        ada().get("/api/runs/" + finishedRun(application, suite, InferenceFake.CALLING)).json();

    assertThat(run.at("/reusedItems").asInt()).isEqualTo(120);
    assertThat(INFERENCE.callsOf(InferenceFake.CALLING)).isEqualTo(asked);
    assertThat(value(run, "names_days")).isEqualTo(0.5);
    assertThat(value(run, "tools")).isOne();
  }

  private Answer refused(int status, Map<String, Object> suite) {
    return awaitStatus(status, () -> ada().post("/api/suites", suite));
  }

  @Test
  void a_scorer_without_what_it_needs_is_refused_by_name() {
    Digest split = conversationSplit("without");

    Answer unmeasurable =
        refused(
            422,
            suiteOf(
                "without",
                split,
                "test",
                List.of(
                    Map.of("type", "tool_calls"),
                    Map.of("type", "numeric"),
                    Map.of("type", "label"))));
    assertThat(problem(unmeasurable)).isEqualTo("not-measurable");
    assertThat(unmeasurable.json().at("/errors").toString())
        .contains(
            "/scorers/1",
            "needs items with references with a number: 120 of 120 have none, such as without",
            "/scorers/2",
            "needs items with label: 120 of 120 have none")
        .doesNotContain("/scorers/0");

    Map<String, Object> perturbed =
        new HashMap<>(suiteOf("without", split, "test", List.of(Map.of("type", "tool_calls"))));
    perturbed.put("perturbations", Map.of("kinds", List.of("LOWER_CASE"), "items", 10));
    assertThat(refused(422, perturbed).json().at("/errors/0/pointer").asString())
        .isEqualTo("/perturbations");

    Digest mails = split("without-calls");
    assertThat(
            refused(422, suiteOf("mails", mails, "test", List.of(Map.of("type", "tool_calls"))))
                .body())
        .contains("needs items with tool calls: 120 of 120 have none");
  }

  @Test
  void a_scorer_that_cannot_be_used_is_refused_at_its_field() {
    Digest unknown = Digest.ofText("unknown");

    assertThat(
            refused(
                    400,
                    suiteOf(
                        "unusable",
                        unknown,
                        "test",
                        List.of(
                            Map.of("type", "regex", "pattern", "(a"),
                            Map.of("type", "exact", "name", "accuracy"))))
                .json()
                .at("/errors")
                .toString())
        .contains("/scorers/0/pattern", "/scorers/1/name");
    assertThat(
            refused(
                    400,
                    suiteOf(
                        "unusable",
                        unknown,
                        "test",
                        List.of(Map.of("type", "exact", "name", "Big"))))
                .body())
        .contains("/scorers/0/name");
    assertThat(refused(400, suiteOf("unusable", unknown, "test", List.of())).body())
        .contains("/scorers");
  }
}
