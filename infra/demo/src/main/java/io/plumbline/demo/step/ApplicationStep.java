package io.plumbline.demo.step;

import io.plumbline.demo.api.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An application is registered and assessed, and what counts as success is fixed, with a receipt,
 * before anything is measured.
 */
public final class ApplicationStep implements Step {

  @Override
  public String title() {
    return "Register the application, assess it, register the criteria";
  }

  @Override
  public void run(DemoContext demo) {
    String name = register(demo);
    demo.put("application", name);
    demo.console.print(
        "application " + name + ": sort inbound messages into personal, newsletter and spam");

    Answer assessment =
        demo.ada
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
    demo.console.print(
        "assessed: " + assessment.text("/approach") + " by " + assessment.json().at("/path"));

    Answer narrow =
        demo.ada.post(
            "/api/applications/" + name + "/criteria", Map.of("criteria", List.of(ACCURACY)));
    demo.check(
        narrow.status() == 409 && narrow.problem().equals("single-metric-gate"),
        "a single-metric gate is refused: " + narrow.problem());

    Answer criteria =
        demo.ada
            .post("/api/applications/" + name + "/criteria", Map.of("criteria", CRITERIA))
            .expect(201);
    demo.put("criteriaDigest", criteria.text("/criteriaDigest"));
    String receipt =
        demo.ada
            .await(
                "the ledger's receipt",
                Duration.ofSeconds(30),
                "/api/applications/" + name + "/criteria",
                list -> list.at("/items/0/receipt").isObject())
            .at("/items/0/receipt/ledgerIndex")
            .asString();
    demo.console.print(
        "criteria "
            + demo.get("criteriaDigest").substring(0, 12)
            + "…: accuracy ≥ 0.85, macro-F1 ≥ 0.70, consistency ≥ 0.70, p95 ≤ 2 s");
    demo.check(
        !receipt.isEmpty(), "they are in the ledger as entry " + receipt + ", before any run");
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
  private static String register(DemoContext demo) {
    for (int run = 1; ; run++) {
      String name = run == 1 ? "mail-triage" : "mail-triage-" + run;
      Answer answer =
          demo.ada.post(
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
