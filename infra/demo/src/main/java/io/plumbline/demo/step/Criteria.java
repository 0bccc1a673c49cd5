package io.plumbline.demo.step;

import io.plumbline.demo.api.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What several steps do with success criteria. */
public final class Criteria {

  private Criteria() {}

  /**
   * Registers criteria over the suite of the application, two variants to be tried in each phase.
   *
   * @return the entry of the ledger that they are
   */
  public static String register(
      DemoContext demo, int plannedVerdicts, List<Map<String, Object>> criteria) {
    String path = "/api/applications/" + demo.application() + "/criteria";
    Answer registered =
        demo.ada.post(path, over(demo.get("suiteDigest"), plannedVerdicts, criteria)).expect(201);
    demo.put("criteriaDigest", registered.text("/criteriaDigest"));
    return demo.ada
        .await(
            "the ledger's receipt",
            Duration.ofSeconds(30),
            path,
            list -> list.at("/items/0/receipt").isObject())
        .at("/items/0/receipt/ledgerIndex")
        .asString();
  }

  /** The request that registers criteria over a suite. */
  public static Map<String, Object> over(
      String suiteDigest, int plannedVerdicts, List<Map<String, Object>> criteria) {
    return Map.of(
        "suiteDigest",
        suiteDigest,
        "plannedVerdicts",
        plannedVerdicts,
        "candidatesPerPhase",
        2,
        "criteria",
        criteria);
  }

  public static Map<String, Object> criterion(
      String metric,
      String kind,
      String direction,
      double threshold,
      double alternative,
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
        "alternative",
        alternative,
        "margin",
        margin,
        "sampleSize",
        sampleSize);
  }

  /** As {@code accuracy ≥ 0.85 (to be seen: 0.93)}. */
  public static String named(List<Map<String, Object>> criteria) {
    return criteria.stream()
        .map(each ->
            "%s %s %s (to be seen: %s)"
                .formatted(
                    each.get("metric"),
                    "AT_LEAST".equals(each.get("direction")) ? "≥" : "≤",
                    each.get("threshold"),
                    each.get("alternative")))
        .collect(Collectors.joining(", "));
  }
}
