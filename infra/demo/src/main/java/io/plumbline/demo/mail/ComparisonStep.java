package io.plumbline.demo.mail;

import io.plumbline.demo.api.Answer;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.DemoContext.Candidate;
import io.plumbline.demo.step.Evaluations;
import io.plumbline.demo.step.Step;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** All variants beside each other on the same items, and what follows from it. */
public final class ComparisonStep implements Step {

  @Override
  public String title() {
    return "Compare all variants and recommend the best by the evidence";
  }

  @Override
  public void run(DemoContext demo) {
    Candidate base = demo.candidate("prompt");
    List<String> others =
        demo.candidates().values().stream()
            .filter(each -> !each.equals(base))
            .map(Candidate::runId)
            .toList();
    Answer comparison =
        demo.ada
            .post(
                "/api/comparisons",
                Map.of(
                    "application",
                    demo.application(),
                    "baselineRunId",
                    base.runId(),
                    "runIds",
                    others,
                    "seed",
                    7))
            .expect(201);
    table(demo, comparison.json().at("/deltas"));

    Answer recommendation =
        demo.ada
            .post("/api/applications/" + demo.application() + "/recommendations", Map.of())
            .expect(201);
    String chosen = recommendation.text("/variantDigest");
    Candidate winner =
        demo.candidates().values().stream()
            .filter(each -> each.variantDigest().equals(chosen))
            .findFirst()
            .orElseThrow();
    demo.put("chosen", winner.name());
    demo.put("recommendation", winner.name() + ": " + recommendation.text("/rationale"));
    demo.console.print("recommended: " + demo.get("recommendation"));
    JsonNode breakEven = recommendation.json().at("/breakEvenMonthlyVolume");
    demo.console.print(
        "break-even: "
            + (breakEven.isNumber()
                ? breakEven.asLong() + " requests a month"
                : "no crossover in range"));
  }

  private static void table(DemoContext demo, JsonNode deltas) {
    demo.console.print(
        String.format(
            "%-12s %-24s %-24s %-24s %9s %11s",
            "variant", "accuracy", "macro-F1", "Δ accuracy to prompt", "p95 ms", "USD/1000"));
    for (Candidate candidate : demo.candidates().values()) {
      JsonNode metrics =
          demo.ada.get("/api/runs/" + candidate.runId()).expect(200).json().at("/metrics");
      JsonNode delta = of(deltas, candidate).at("/differences/accuracy");
      demo.console.print(
          String.format(
              Locale.ROOT,
              "%-12s %-24s %-24s %-24s %9s %11s",
              candidate.name(),
              Evaluations.measure(metrics.at("/accuracy")),
              Evaluations.measure(metrics.at("/macro_f1")),
              delta.isMissingNode() ? "-" : Evaluations.measure(delta),
              Evaluations.number(metrics.at("/latency_p95_ms/value").asDouble()),
              String.format(
                  Locale.ROOT, "%.5f", metrics.at("/cost_per_1000_usd/value").asDouble())));
    }
  }

  private static JsonNode of(JsonNode deltas, Candidate candidate) {
    for (JsonNode delta : deltas) {
      if (delta.at("/runId").asString("").equals(candidate.runId())) {
        return delta;
      }
    }
    return MissingNode.getInstance();
  }

  static String delta(JsonNode delta) {
    return "Δ accuracy "
        + Evaluations.measure(delta.at("/differences/accuracy"))
        + ", McNemar p = "
        + String.format(Locale.ROOT, "%.2g", delta.at("/pValue").asDouble());
  }
}
