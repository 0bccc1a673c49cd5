package io.plumbline.demo.mail;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.DemoContext.Candidate;
import io.plumbline.demo.step.Evaluations;
import io.plumbline.demo.step.Step;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A step that shows all variants side by side on the same items, and what follows from that. */
public final class ComparisonStep implements Step {

  @Override
  public String title() {
    return "Compare all variants and recommend the best by the evidence";
  }

  @Override
  public void run(DemoContext demo) {
    Candidate base = demo.candidate("prompt");
    List<Candidate> others =
        demo.candidates().values().stream().filter(each -> !each.equals(base)).toList();
    printTable(demo, comparisonOf(demo, base, others).at("/deltas"));

    String recommendations = "/api/applications/" + demo.application() + "/recommendations";
    JsonNode recommendation =
        demo.find(recommendations, each -> true)
            .orElseGet(() -> demo.ada.post(recommendations, Map.of()).expect(201).json());
    String chosen = recommendation.at("/variantDigest").asString();
    Candidate winner =
        demo.candidates().values().stream()
            .filter(each -> each.variantDigest().equals(chosen))
            .findFirst()
            .orElseThrow();
    demo.put("chosen", winner.name());
    demo.put("recommendation", winner.name() + ": " + recommendation.at("/rationale").asString());
    demo.log.print("recommended: " + demo.get("recommendation"));
    JsonNode volume = recommendation.at("/breakEvenMonthlyVolume");
    demo.log.print("break-even: " + breakEvenText(volume));
  }

  private static String breakEvenText(JsonNode volume) {
    if (volume.isNumber()) {
      return volume.asLong() + " requests a month";
    }
    return "none in the range of volumes";
  }

  /** Returns the comparison of runs with a baseline; the platform makes it unless it has it. */
  static JsonNode comparisonOf(DemoContext demo, Candidate base, List<Candidate> others) {
    List<String> runs = others.stream().map(Candidate::runId).toList();
    return demo.find(
            "/api/comparisons?limit=100&application=" + demo.application(),
            each ->
                each.at("/state").asString("").equals("FINISHED")
                    && each.at("/baselineRunId").asString("").equals(base.runId())
                    && each.at("/deltas")
                        .valueStream()
                        .map(delta -> delta.at("/runId").asString())
                        .toList()
                        .equals(runs))
        .orElseGet(() -> compare(demo, base, runs));
  }

  private static JsonNode compare(DemoContext demo, Candidate base, List<String> runs) {
    ApiResponse requested =
        demo.ada
            .post(
                "/api/comparisons",
                Map.of(
                    "application",
                    demo.application(),
                    "baselineRunId",
                    base.runId(),
                    "runIds",
                    runs,
                    "seed",
                    7))
            .expect(201, 202);
    // A comparison over many items is a job, which ends later.
    return demo.ada.awaitState(
        Duration.ofMinutes(2),
        "/api/comparisons/" + requested.text("/comparisonId"),
        "/state",
        "FINISHED");
  }

  private static void printTable(DemoContext demo, JsonNode deltas) {
    demo.log.print(
        String.format(
            "%-12s %-24s %-24s %-24s %9s %11s",
            "variant", "accuracy", "macro-F1", "Δ accuracy to prompt", "p95 ms", "USD/1000"));
    for (Candidate candidate : demo.candidates().values()) {
      JsonNode metrics = Evaluations.metrics(demo, candidate);
      JsonNode delta = deltaOf(deltas, candidate).at("/differences/accuracy");
      demo.log.print(
          String.format(
              Locale.ROOT,
              "%-12s %-24s %-24s %-24s %9s %11s",
              candidate.name(),
              Evaluations.measureText(metrics.at("/accuracy")),
              Evaluations.measureText(metrics.at("/macro_f1")),
              delta.isMissingNode() ? "-" : Evaluations.measureText(delta),
              Evaluations.numberText(metrics.at("/latency_p95_ms/value").asDouble()),
              String.format(
                  Locale.ROOT, "%.5f", metrics.at("/cost_per_1000_usd/value").asDouble())));
    }
  }

  private static JsonNode deltaOf(JsonNode deltas, Candidate candidate) {
    for (JsonNode delta : deltas) {
      if (delta.at("/runId").asString("").equals(candidate.runId())) {
        return delta;
      }
    }
    return MissingNode.getInstance();
  }

  static String deltaText(JsonNode delta) {
    return "Δ accuracy "
        + Evaluations.measureText(delta.at("/differences/accuracy"))
        + ", McNemar p = "
        + String.format(Locale.ROOT, "%.2g", delta.at("/pValue").asDouble());
  }
}
