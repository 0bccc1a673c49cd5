package io.plumbline.demo.step;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.api.StepFailed;
import io.plumbline.demo.step.DemoContext.Candidate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests about evaluation that several steps make: they compose a variant, run the suite over it,
 * and request the verdict.
 */
public final class Evaluations {

  private static final Duration RUN = Duration.ofMinutes(20);

  private Evaluations() {}

  /**
   * A variant to create.
   *
   * @param more further fields of the request
   */
  public record VariantDefinition(
      String name, String promptDigest, String model, Map<String, Object> more) {

    public VariantDefinition(String name, String promptDigest, String model) {
      this(name, promptDigest, model, Map.of());
    }

    public VariantDefinition with(String field, Object value) {
      Map<String, Object> fields = new HashMap<>(more);
      fields.put(field, value);
      return new VariantDefinition(name, promptDigest, model, fields);
    }
  }

  /**
   * Creates a variant, unless that was done.
   *
   * @return the digest of the variant
   */
  public static String composeVariant(DemoContext demo, VariantDefinition variantDefinition) {
    return demo.find(
            "/api/variants?limit=100&application=" + demo.application(),
            each -> matches(each, variantDefinition))
        .map(each -> each.at("/variantDigest").asString())
        .orElseGet(() ->
            demo.driver()
                .createVariant(
                    variantDefinition.name,
                    variantDefinition.promptDigest,
                    variantDefinition.model,
                    variantDefinition.more));
  }

  /**
   * Returns whether a variant has a composition, judged by everything in which the demo's variants
   * differ.
   */
  private static boolean matches(JsonNode variant, VariantDefinition variantDefinition) {
    JsonNode abstention =
        JsonMapper.shared().valueToTree(variantDefinition.more).path("abstention");
    return variant.path("name").asString("").equals(variantDefinition.name)
        && variant.path("promptDigest").asString("").equals(variantDefinition.promptDigest)
        && variant.path("model").asString("").equals(variantDefinition.model)
        && variant
            .path("indexDigest")
            .asString("")
            .equals(variantDefinition.more.getOrDefault("indexDigest", ""))
        && variant.at("/abstention/threshold").asDouble(-1)
            == abstention.path("threshold").asDouble(-1);
  }

  /**
   * Publishes a suite over a subset of the split, or returns the published one with the same
   * content.
   */
  public static ApiResponse publishSuite(
      DemoContext demo,
      String name,
      String subset,
      List<Map<String, Object>> scorers,
      Map<String, Object> more) {
    return demo.driver()
        .publishSuite(name, demo.get("splitDigest"), subset, scorers, more)
        .expect(200, 201);
  }

  /**
   * Runs a variant over validation rows, to choose by and to measure the spread by which its run
   * over test rows is planned. The run is no evidence.
   */
  public static JsonNode runOnValidation(DemoContext demo, String name, String variantDigest) {
    JsonNode finished =
        runUnlessDone(demo, name, null, variantDigest, demo.get("explorationDigest"));
    demo.log.print(name + " on validation rows: " + metricsText(finished.at("/metrics")));
    demo.recordValidationRun(name, finished);
    return finished;
  }

  /** Measures a variant on the test rows, which is one of the planned attempts. */
  public static Candidate runOnTest(
      DemoContext demo, String name, String component, String variantDigest) {
    JsonNode finished =
        runUnlessDone(demo, name, component, variantDigest, demo.get("suiteDigest"));
    demo.log.print(name + ": " + metricsText(finished.at("/metrics")));
    Candidate candidate =
        new Candidate(name, component, variantDigest, finished.at("/runId").asString());
    demo.addCandidate(candidate);
    return candidate;
  }

  /** Runs a suite over a variant, unless that was done, and waits for the end of the run. */
  private static JsonNode runUnlessDone(
      DemoContext demo,
      String name,
      @Nullable String component,
      String variantDigest,
      String suiteDigest) {
    Optional<JsonNode> earlier =
        demo.find(
            "/api/runs?limit=100&application=" + demo.application(),
            each ->
                each.at("/variantDigest").asString("").equals(variantDigest)
                    && each.at("/suiteDigest").asString("").equals(suiteDigest)
                    && !List.of("FAILED", "CANCELLED").contains(each.at("/state").asString()));
    if (earlier.isPresent()) {
      return awaitRun(demo, name, earlier.get().at("/runId").asString(), RUN);
    }
    Map<String, Object> more = component == null ? Map.of() : Map.of("component", component);
    return runAndAwait(demo, name, suiteDigest, variantDigest, more, RUN);
  }

  /**
   * Starts a run and waits for its end.
   *
   * @param more further fields of the request
   * @throws StepFailed with the reason when it does not finish
   */
  public static JsonNode runAndAwait(
      DemoContext demo,
      String name,
      String suiteDigest,
      String variantDigest,
      Map<String, Object> more,
      Duration atMost) {
    ApiResponse started = demo.driver().startRun(suiteDigest, variantDigest, more).expect(202);
    return awaitRun(demo, name, started.text("/runId"), atMost);
  }

  /** Waits until a run is finished, and prints its progress. */
  private static JsonNode awaitRun(DemoContext demo, String name, String run, Duration atMost) {
    RunProgressPrinter runProgressPrinter =
        new RunProgressPrinter(demo.log, name, Clock.systemUTC());
    return demo.driver().awaitRun(run, atMost, runProgressPrinter::show);
  }

  /** Returns the metrics of the run of a candidate. */
  public static JsonNode metrics(DemoContext demo, Candidate candidate) {
    return demo.ada.get("/api/runs/" + candidate.runId()).expect(200).json().at("/metrics");
  }

  /** Returns the items of a run over validation rows, which are open. */
  public static List<JsonNode> items(DemoContext demo, JsonNode run) {
    return demo.ada.items("/api/runs/" + run.at("/runId").asString() + "/items?limit=100");
  }

  /** Records a run as a baseline, unless that was done. */
  public static void recordBaseline(DemoContext demo, Candidate candidate) {
    boolean recorded =
        demo.find(
                "/api/baselines?application=" + demo.application(),
                each -> each.at("/runId").asString("").equals(candidate.runId()))
            .isPresent();
    if (!recorded) {
      demo.ada
          .post(
              "/api/baselines",
              Map.of("application", demo.application(), "runId", candidate.runId()))
          .expect(201);
    }
  }

  /** Records the run of a candidate as a baseline, and requests the verdict on its phase. */
  public static JsonNode evaluatePhase(DemoContext demo, String phase, Candidate candidate) {
    recordBaseline(demo, candidate);
    JsonNode verdict = findOrRequestVerdict(demo, "PHASE", candidate);
    demo.check(
        verdict.at("/phase").asString().equals(phase),
        "the variant belongs to phase " + phase + ", as its parts show");
    demo.log.print("verdict of phase " + phase + ": " + outcomeText(verdict));
    return verdict;
  }

  /**
   * Fails the step unless a verdict is as the demo's plan needs it: the plan names neither a
   * further verdict nor further items for another outcome.
   */
  public static void requireOutcome(
      DemoContext demo, JsonNode verdict, String outcome, String what) {
    if (!outcome(verdict).equals(outcome)) {
      throw new StepFailed(
          ("the verdict is %s, but the demo continues only with %s. Its plan has no further"
                  + " verdict and no further items for this, and an attempt is not repeated: start"
                  + " from an empty platform (./plumbline down, then delete .plumbline)")
              .formatted(outcomeText(verdict), outcome));
    }
    demo.check(true, what);
  }

  private static String outcomeText(JsonNode verdict) {
    return (outcome(verdict) + " " + reasonsText(verdict)).strip();
  }

  public static String outcome(JsonNode verdict) {
    return verdict.at("/outcome").asString();
  }

  /**
   * Returns the verdict of a kind on the run of a candidate: a run has one of each kind at most.
   */
  public static JsonNode findOrRequestVerdict(DemoContext demo, String kind, Candidate candidate) {
    return demo.find(
            "/api/verdicts?limit=100&application=" + demo.application(),
            each ->
                each.at("/kind").asString("").equals(kind)
                    && each.at("/runId").asString("").equals(candidate.runId())
                    && each.at("/criteriaDigest").asString("").equals(demo.get("criteriaDigest")))
        .orElseGet(() ->
            demo.driver()
                .requestVerdict(kind, candidate.runId(), demo.get("criteriaDigest"))
                .expect(201)
                .json());
  }

  /** Returns the reasons of a verdict in parentheses; empty when it has none. */
  public static String reasonsText(JsonNode verdict) {
    StringBuilder reasons = new StringBuilder();
    verdict.at("/reasons").forEach(reason -> reasons.append("; ").append(reason.asString()));
    return reasons.isEmpty() ? "" : "(" + reasons.substring(2) + ")";
  }

  /** Returns the metrics that the demo shows, in one line. */
  public static String metricsText(JsonNode metrics) {
    List<String> figures = new ArrayList<>();
    for (String metric :
        List.of(
            "accuracy",
            "macro_f1",
            "consistency",
            "token_f1_answerable",
            "recall_at_k",
            "citation_precision",
            "groundedness",
            "coverage",
            "out_of_scope_recall",
            "latency_p95_ms",
            "cost_per_1000_usd")) {
      JsonNode measure = metrics.at("/" + metric);
      if (!measure.isMissingNode()) {
        figures.add(metric + " " + measureText(measure));
      }
    }
    return String.join(", ", figures);
  }

  /**
   * Returns a value with its interval, such as {@code 0.930 [0.902, 0.951]}. A percentile of few
   * items may have no upper bound.
   */
  public static String measureText(JsonNode measure) {
    String value = numberText(measure.at("/value").asDouble());
    JsonNode low = measure.at("/low");
    if (!low.isNumber()) {
      return value;
    }
    JsonNode high = measure.at("/high");
    String end = high.isNumber() ? numberText(high.asDouble()) : "no upper bound";
    return "%s [%s, %s]".formatted(value, numberText(low.asDouble()), end);
  }

  public static String numberText(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.0f" : "%.3f", value);
  }
}
