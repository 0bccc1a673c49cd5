package io.plumbline.demo.step;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Requests about success criteria that several steps make. */
public final class Criteria {

  private Criteria() {}

  /**
   * Returns whether criteria over the suite of the application are registered, by an earlier start.
   */
  public static boolean isRegistered(DemoContext demo) {
    return findRegistered(demo).isPresent();
  }

  private static Optional<JsonNode> findRegistered(DemoContext demo) {
    return demo.find(
        criteriaPath(demo),
        each -> each.at("/suiteDigest").asString("").equals(demo.get("suiteDigest")));
  }

  private static String criteriaPath(DemoContext demo) {
    return "/api/applications/" + demo.application() + "/criteria";
  }

  /**
   * Registers criteria over the suite of the application, two variants to be tried in each phase,
   * unless that was done.
   *
   * @return the index of the entry that records them in the ledger
   */
  public static String register(
      DemoContext demo, int plannedVerdicts, List<Map<String, Object>> criteria) {
    String digest =
        findRegistered(demo)
            .map(each -> each.at("/criteriaDigest").asString())
            .orElseGet(() ->
                demo.driver()
                    .registerCriteria(demo.get("suiteDigest"), plannedVerdicts, criteria)
                    .expect(201)
                    .text("/criteriaDigest"));
    demo.put("criteriaDigest", digest);
    return demo.ada
        .await(
            "the ledger's receipt",
            Duration.ofSeconds(30),
            criteriaPath(demo),
            list -> list.at("/items/0/receipt").isObject())
        .at("/items/0/receipt/ledgerIndex")
        .asString();
  }

  /** Returns the criteria as text, such as {@code accuracy ≥ 0.85 (alternative: 0.93)}. */
  public static String criteriaText(List<Map<String, Object>> criteria) {
    return criteria.stream()
        .map(each ->
            "%s %s %s (alternative: %s)"
                .formatted(
                    each.get("metric"),
                    "AT_LEAST".equals(each.get("direction")) ? "≥" : "≤",
                    each.get("threshold"),
                    each.get("alternative")))
        .collect(Collectors.joining(", "));
  }
}
