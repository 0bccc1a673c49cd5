package io.plumbline.demo.step;

import io.plumbline.demo.Answer;
import io.plumbline.demo.Loop;
import io.plumbline.demo.Loop.Candidate;
import io.plumbline.demo.StepFailed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What several steps do: compose a variant, run the suite over it, and ask for the verdict. */
final class Measuring {

  private static final Duration RUN = Duration.ofMinutes(5);

  private Measuring() {}

  /** Composes a variant and measures it on the test part. */
  static Candidate measure(
      Loop loop,
      String name,
      String component,
      String promptDigest,
      String model,
      @Nullable String indexDigest,
      Map<String, Object> parameters) {
    Map<String, Object> variant = new HashMap<>();
    variant.put("application", loop.application());
    variant.put("name", name);
    variant.put("promptDigest", promptDigest);
    variant.put("model", model);
    variant.put("parameters", parameters);
    if (indexDigest != null) {
      variant.put("indexDigest", indexDigest);
    }
    String digest = loop.ada.post("/api/variants", variant).expect(201).text("/variantDigest");
    String run =
        loop.ada
            .post(
                "/api/runs",
                Map.of(
                    "application",
                    loop.application(),
                    "suiteDigest",
                    loop.get("suiteDigest"),
                    "variantDigest",
                    digest,
                    "component",
                    component,
                    "seed",
                    7))
            .expect(202)
            .text("/runId");
    JsonNode finished =
        loop.ada.await(
            "the run of " + name,
            RUN,
            "/api/runs/" + run,
            each -> !List.of("QUEUED", "RUNNING").contains(each.at("/state").asString()));
    if (!finished.at("/state").asString().equals("FINISHED")) {
      throw new StepFailed(
          "the run of " + name + " ended as " + finished.at("/state") + ": " + finished);
    }
    loop.console.say(name + ": " + figures(finished.at("/metrics")));
    Candidate candidate = new Candidate(name, component, digest, run);
    loop.add(candidate);
    return candidate;
  }

  /** Records the phase's baseline and asks whether the criteria are met. */
  static Answer judge(Loop loop, String phase, Candidate candidate) {
    loop.ada
        .post(
            "/api/baselines",
            Map.of("application", loop.application(), "phase", phase, "runId", candidate.runId()))
        .expect(201);
    Answer verdict = verdict(loop, "PHASE", phase, candidate);
    loop.console.say(
        "verdict of phase " + phase + ": " + verdict.text("/outcome") + " " + reasons(verdict));
    return verdict;
  }

  static Answer verdict(Loop loop, String kind, @Nullable String phase, Candidate candidate) {
    Map<String, Object> request = new HashMap<>();
    request.put("application", loop.application());
    request.put("kind", kind);
    request.put("runId", candidate.runId());
    request.put("criteriaDigest", loop.get("criteriaDigest"));
    if (phase != null) {
      request.put("phase", phase);
    }
    return loop.ada.post("/api/verdicts", request).expect(201);
  }

  static String reasons(Answer verdict) {
    StringBuilder reasons = new StringBuilder();
    verdict.json().at("/reasons").forEach(reason -> reasons.append("; ").append(reason.asString()));
    return reasons.isEmpty() ? "" : "(" + reasons.substring(2) + ")";
  }

  static String figures(JsonNode metrics) {
    StringBuilder figures = new StringBuilder();
    for (String metric :
        List.of("accuracy", "macro_f1", "consistency", "latency_p95_ms", "cost_per_1000_usd")) {
      JsonNode measure = metrics.at("/" + metric);
      if (!measure.isMissingNode()) {
        figures
            .append(figures.isEmpty() ? "" : ", ")
            .append(metric)
            .append(' ')
            .append(measure(measure));
      }
    }
    return figures.toString();
  }

  static String measure(JsonNode measure) {
    String value = number(measure.at("/value").asDouble());
    JsonNode low = measure.at("/low");
    return low.isNumber()
        ? value
            + " ["
            + number(low.asDouble())
            + ", "
            + number(measure.at("/high").asDouble())
            + "]"
        : value;
  }

  static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.0f" : "%.3f", value);
  }
}
