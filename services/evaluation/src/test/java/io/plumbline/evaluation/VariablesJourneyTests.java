package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.prompttemplate.content.PromptContent;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tests items with values for a prompt's variables, from the suite to the figures of a run. */
@PlumblineTest
class VariablesJourneyTests extends EvaluationFixture {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** The prompt, which has the question of item 3 as an example. */
  private static final String PROMPT =
      """
      {"prompt": "returns", "version": 1,
       "messages": [{"role": "system", "content": "Answer {{tier}} customers."},
                    {"role": "user", "content": "{{question}}"}],
       "variables": {"type": "object", "required": ["question", "tier"],
        "properties": {"question": {"type": "string"}, "tier": {"type": "string"}}},
       "examples": [{"input": "%s", "output": "14 days"}],
       "parameters": {}, "responseFormat": null}
      """
          .formatted(question(3));

  private static String question(int number) {
    return ("How long may customer number%1$d return parcel%1$d with lamp%1$d that was bought in"
            + " shop%1$d on street%1$d beside mill%1$d in town%1$d and never opened at home%1$d")
        .formatted(number);
  }

  private static ObjectNode variables(int number) {
    return JSON.createObjectNode()
        .put("question", question(number))
        .put("tier", number % 2 == 0 ? "gold" : "silver");
  }

  private static List<String> items(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(number ->
            line(
                new Item(
                    "v" + number,
                    new Input(null, null, variables(number), null),
                    new Expected(
                        null, List.of(number % 2 == 0 ? "30 days" : "14 days"), null, null),
                    null)))
        .toList();
  }

  @Test
  void a_prompt_with_required_variables_is_evaluated_with_those_of_the_items() {
    String application = "tiers";
    application(application);
    Digest prompt = CanonicalJson.digest(JSON.readValue(PROMPT, PromptContent.class));
    INFERENCE.promptVersion(prompt, PROMPT);
    Digest variant = Digest.ofText("variant with variables");
    variant(application, variant, prompt, "local/choice", null, null);
    INFERENCE.fills(variant);
    Digest split =
        split(application, true, Map.of("validation", items(100, 150), "test", items(0, 100)));
    List<Map<String, Object>> scorers = List.of(Map.of("type", "exact"));
    String explored =
        publishedSuite(
            Map.of(
                "name",
                application + "-explored",
                "splitDigest",
                split,
                "subset",
                "validation",
                "scorers",
                scorers));
    String suite =
        publishedSuite(Map.of("name", application, "splitDigest", split, "scorers", scorers));

    criteria(
        application,
        suite,
        1,
        List.of(
            new Criterion(
                "exact_match", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.85, 1, 0, 50),
            new Criterion("cost_per_1000_usd", MetricKind.COST, Direction.AT_MOST, 1, 0.5, 0, 50)));
    finishedRun(application, explored, variant);
    String run = finishedRun(application, suite, variant);

    // The spread of the cost is measured on 50 rows, and one of 100 items leaks.
    assertThat(INFERENCE.bodiesOf(variant).stream().map(JSON::readTree))
        .hasSize(50 + 99)
        .contains(
            JSON.createObjectNode()
                .put("model", "variant/" + variant)
                .set("plumbline_variables", variables(7)));
    JsonNode finished = ada().get("/api/runs/" + run).json();
    assertThat(finished.at("/metrics/exact_match/value").asDouble())
        .as(finished.toString())
        .isOne();
    assertThat(finished.at("/metrics/exact_match/observations").asInt()).isEqualTo(99);
    // The question of one item is an example of the prompt, and its tier is not.
    assertThat(finished.at("/leakage").toString())
        .isEqualTo("{\"items\":100,\"leaking\":1,\"sources\":{\"EXAMPLES\":1}}");
  }
}
