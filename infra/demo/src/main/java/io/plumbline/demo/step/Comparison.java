package io.plumbline.demo.step;

import io.plumbline.demo.Answer;
import io.plumbline.demo.Loop;
import io.plumbline.demo.Loop.Candidate;
import io.plumbline.demo.Step;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** All variants beside each other on the same items, and what follows from it. */
public final class Comparison implements Step {

  @Override
  public String title() {
    return "Compare all variants and recommend one, whatever the data says";
  }

  @Override
  public void take(Loop loop) {
    Candidate base = loop.candidate("prompt");
    List<String> others =
        loop.candidates().values().stream()
            .filter(each -> !each.equals(base))
            .map(Candidate::runId)
            .toList();
    Answer comparison =
        loop.ada
            .post(
                "/api/comparisons",
                Map.of(
                    "application",
                    loop.application(),
                    "baselineRunId",
                    base.runId(),
                    "runIds",
                    others,
                    "seed",
                    7))
            .expect(201);
    table(loop, comparison.json().at("/deltas"));

    Answer recommendation =
        loop.ada
            .post("/api/applications/" + loop.application() + "/recommendations", Map.of())
            .expect(201);
    String chosen = recommendation.text("/variantDigest");
    Candidate winner =
        loop.candidates().values().stream()
            .filter(each -> each.variantDigest().equals(chosen))
            .findFirst()
            .orElseThrow();
    loop.put("chosen", winner.name());
    loop.put("recommendation", winner.name() + ": " + recommendation.text("/rationale"));
    loop.console.say("recommended: " + loop.get("recommendation"));
    JsonNode breakEven = recommendation.json().at("/breakEvenMonthlyVolume");
    loop.console.say(
        "break-even: "
            + (breakEven.isNumber()
                ? breakEven.asLong() + " requests a month"
                : "no crossover in range"));
  }

  private static void table(Loop loop, JsonNode deltas) {
    loop.console.say(
        String.format(
            "%-12s %-24s %-24s %-24s %9s %11s",
            "variant", "accuracy", "macro-F1", "Δ accuracy to prompt", "p95 ms", "USD/1000"));
    for (Candidate candidate : loop.candidates().values()) {
      JsonNode metrics =
          loop.ada.get("/api/runs/" + candidate.runId()).expect(200).json().at("/metrics");
      JsonNode delta = of(deltas, candidate).at("/differences/accuracy");
      loop.console.say(
          String.format(
              Locale.ROOT,
              "%-12s %-24s %-24s %-24s %9s %11s",
              candidate.name(),
              Measuring.measure(metrics.at("/accuracy")),
              Measuring.measure(metrics.at("/macro_f1")),
              delta.isMissingNode() ? "-" : Measuring.measure(delta),
              Measuring.number(metrics.at("/latency_p95_ms/value").asDouble()),
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
        + Measuring.measure(delta.at("/differences/accuracy"))
        + ", McNemar p = "
        + String.format(Locale.ROOT, "%.2g", delta.at("/pValue").asDouble());
  }
}
