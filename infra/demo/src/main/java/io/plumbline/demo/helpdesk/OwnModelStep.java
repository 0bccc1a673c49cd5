package io.plumbline.demo.helpdesk;

import io.plumbline.demo.api.StepFailed;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Evaluations;
import io.plumbline.demo.step.Step;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A step in which the user's own model reads the same prompt and passages as the reader that
 * serves, and answers the same validation questions. A judge scores the answers of both. Everything
 * is read from the platform, so that the step can run long after the reader was released, and again
 * with another model.
 */
public final class OwnModelStep implements Step {

  /** The time limit of a run. A model on a laptop may take minutes for each question. */
  private static final Duration RUN = Duration.ofHours(3);

  private static final List<String> METRICS =
      List.of(
          JudgedSuite.JUDGED,
          "token_f1_answerable",
          "recall_at_k",
          "citation_precision",
          "citation_recall",
          "groundedness",
          JudgedSuite.DECLINED,
          "latency_p50_ms",
          "latency_p95_ms",
          "cost_per_1000_usd");

  private final OwnModel own;

  public OwnModelStep(OwnModel own) {
    this.own = own;
  }

  @Override
  public String title() {
    return "Your own language model beside the reader: the same prompt, passages and validation"
        + " questions, and a judge";
  }

  @Override
  public void run(DemoContext demo) {
    demo.put("application", RegisterHelpDeskStep.APPLICATION);
    JsonNode reader = servingVariant(demo);
    JsonNode criteria =
        readJson(demo, "/api/applications/" + RegisterHelpDeskStep.APPLICATION + "/criteria")
            .at("/items/0");
    String test = criteria.at("/suiteDigest").asString();
    String suite =
        JudgedSuite.publish(
            demo,
            readJson(demo, "/api/suites/" + test).at("/definition/splitDigest").asString(),
            Judge.composeVariant(demo, own.judgeName()));
    String variant = composeVariant(demo, reader);
    demo.log.print(
        "%d validation questions to each, judged by %s; a model on a laptop takes a while"
            .formatted(JudgedSuite.QUESTIONS, own.judgeName()));
    Map<String, JsonNode> runs = new LinkedHashMap<>();
    runs.put("reader", measure(demo, "the reader", suite, reader.at("/variantDigest").asString()));
    runs.put(own.name(), measure(demo, own.name(), suite, variant));
    printScores(demo, runs);
    printRemarks(demo, criteria.at("/plannedVerdicts").asInt(), test);
  }

  /** Returns the variant that answers in production, no matter who released it. */
  private static JsonNode servingVariant(DemoContext demo) {
    return demo.ada
        .get("/api/variants?limit=100&application=" + RegisterHelpDeskStep.APPLICATION)
        .expect(200)
        .json()
        .at("/items")
        .valueStream()
        .filter(variant -> variant.at("/serving/0/environment").asString("").equals("production"))
        .findFirst()
        .orElseThrow(() ->
            new StepFailed(
                "No variant of "
                    + RegisterHelpDeskStep.APPLICATION
                    + " serves in production, as when an earlier demo stopped before its"
                    + " release: release one, or start over with an empty .plumbline"));
  }

  /**
   * Composes a variant like the one that serves, except for the model and for the abstention, which
   * a provider's model cannot have.
   */
  private String composeVariant(DemoContext demo, JsonNode reader) {
    return Evaluations.composeVariant(
        demo,
        new Evaluations.VariantDefinition(
                "own model", reader.at("/promptDigest").asString(), own.name())
            .with("indexDigest", reader.at("/indexDigest").asString())
            .with("parameters", reader.at("/parameters")));
  }

  /**
   * Runs the suite over a variant. Every question is sent, because the price, or the model behind
   * the name, may have changed since an earlier run.
   */
  private static JsonNode measure(DemoContext demo, String name, String suite, String variant) {
    return Evaluations.runAndAwait(demo, name, suite, variant, Map.of("fresh", true), RUN);
  }

  private void printScores(DemoContext demo, Map<String, JsonNode> runs) {
    Map<String, JsonNode> metrics = new LinkedHashMap<>();
    runs.forEach((name, run) -> metrics.put(name, run.at("/metrics")));
    MetricTable.rows(METRICS, metrics).forEach(demo.log::print);
    runs.forEach((name, run) -> {
      run.at("/unmeasured").forEach(reason -> demo.log.print(name + ": " + reason.asString()));
      demo.log.print(name + ": " + judgingText(run.at("/judging")));
    });
    demo.put(
        "ownModel",
        metrics.entrySet().stream()
            .map(each -> each.getKey() + " " + scoreText(each.getValue()))
            .collect(Collectors.joining(", ")));
  }

  private static String judgingText(JsonNode judging) {
    JsonNode cost = judging.at("/cost/amount");
    return "the judge read %s tokens, wrote %s and cost %s"
        .formatted(
            judging.at("/promptTokens").asString("0"),
            judging.at("/completionTokens").asString("0"),
            cost.isMissingNode() ? "an unknown amount" : cost.asString() + " USD");
  }

  private static String scoreText(JsonNode metrics) {
    JsonNode value = metrics.path(JudgedSuite.JUDGED).path("value");
    return value.isNumber() ? Evaluations.numberText(value.asDouble()) : "not judged";
  }

  /**
   * Prints what the table does not show: a judge that judges itself, missing prices and the planned
   * verdicts that are left.
   */
  private void printRemarks(DemoContext demo, int planned, String test) {
    if (own.judgesItself()) {
      demo.log.print(
          "the judge is the judged model itself, and such a judge favours its own answers; name"
              + " another model by "
              + OwnModel.JUDGE_VARIABLE);
    }
    if (own.price() == null) {
      demo.log.print(
          "the price of the model is not set; set it as "
              + ModelPrice.VARIABLE
              + "=0.15,0.60,131072: USD for a million tokens of input, USD for a million tokens of"
              + " output, context window");
    }
    String left =
        readJson(demo, "/api/suites/%s/attempts?plannedVerdicts=%d".formatted(test, planned))
            .at("/left")
            .asString();
    demo.log.print(
        "the reader stays released: results on validation questions are no evidence for a release");
    demo.log.print(
        "no verdict on the model: it would be FAIL, because the criteria require"
            + " out_of_scope_recall, and this prompt declares no words by which a model without a"
            + " confidence abstains");
    demo.log.print("planned verdicts left: %s of %d".formatted(left, planned));
  }

  private static JsonNode readJson(DemoContext demo, String path) {
    return demo.ada.get(path).expect(200).json();
  }
}
