package io.plumbline.demo.step;

import io.plumbline.demo.Answer;
import io.plumbline.demo.Loop;
import io.plumbline.demo.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An application is registered and assessed, and what counts as success is fixed, with a receipt,
 * before anything is measured.
 */
public final class Application implements Step {

  @Override
  public String title() {
    return "Register the application, assess it, register the criteria";
  }

  @Override
  public void take(Loop loop) {
    String name = register(loop);
    loop.put("application", name);
    loop.console.say(
        "application " + name + ": sort inbound messages into personal, newsletter and spam");

    Answer assessment =
        loop.ada
            .post(
                "/api/applications/" + name + "/assessments",
                Map.of(
                    "dataAvailability",
                    "ABUNDANT",
                    "specificity",
                    "SPECIALISED",
                    "performanceTarget",
                    "HIGH",
                    "resources",
                    "LIMITED"))
            .expect(201);
    loop.console.say(
        "assessed: " + assessment.text("/approach") + " by " + assessment.json().at("/path"));

    Answer narrow =
        loop.ada.post(
            "/api/applications/" + name + "/criteria", Map.of("criteria", List.of(ACCURACY)));
    loop.check(
        narrow.status() == 409 && narrow.problem().equals("single-metric-gate"),
        "a single-metric gate is refused: " + narrow.problem());

    Answer criteria =
        loop.ada
            .post("/api/applications/" + name + "/criteria", Map.of("criteria", CRITERIA))
            .expect(201);
    loop.put("criteriaDigest", criteria.text("/criteriaDigest"));
    String receipt =
        loop.ada
            .await(
                "the ledger's receipt",
                Duration.ofSeconds(30),
                "/api/applications/" + name + "/criteria",
                list -> list.at("/items/0/receipt").isObject())
            .at("/items/0/receipt/ledgerIndex")
            .asString();
    loop.console.say(
        "criteria "
            + loop.get("criteriaDigest").substring(0, 12)
            + "…: accuracy ≥ 0.85, macro-F1 ≥ 0.70, consistency ≥ 0.70, p95 ≤ 2 s");
    loop.check(
        !receipt.isEmpty(), "the ledger holds them as entry " + receipt + ", before any run");
  }

  private static final Map<String, Object> ACCURACY =
      criterion("accuracy", "TASK_QUALITY", "AT_LEAST", 0.85, 0.02, 300);
  private static final List<Map<String, Object>> CRITERIA =
      List.of(
          ACCURACY,
          criterion("macro_f1", "TASK_QUALITY", "AT_LEAST", 0.70, 0.03, 300),
          criterion("consistency", "ROBUSTNESS", "AT_LEAST", 0.70, 0, 100),
          criterion("latency_p95_ms", "LATENCY", "AT_MOST", 2_000, 0, 300));

  private static Map<String, Object> criterion(
      String metric,
      String kind,
      String direction,
      double threshold,
      double margin,
      int sampleSize) {
    return Map.of(
        "metric",
        metric,
        "kind",
        kind,
        "direction",
        direction,
        "threshold",
        threshold,
        "margin",
        margin,
        "sampleSize",
        sampleSize);
  }

  /** A second run of the demo takes the next free name. */
  private static String register(Loop loop) {
    for (int run = 1; ; run++) {
      String name = run == 1 ? "mail-triage" : "mail-triage-" + run;
      Answer answer =
          loop.ada.post(
              "/api/applications",
              Map.of(
                  "name",
                  name,
                  "purpose",
                  "Sort inbound messages so that people answer people first",
                  "owner",
                  "support",
                  "criticality",
                  "MEDIUM",
                  "task",
                  "CLASSIFICATION",
                  "monthlyVolume",
                  100_000));
      if (answer.status() != 409) {
        answer.expect(201);
        return name;
      }
    }
  }
}
