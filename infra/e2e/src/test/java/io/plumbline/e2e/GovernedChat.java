package io.plumbline.e2e;

import static org.awaitility.Awaitility.await;

import io.plumbline.demo.api.ApiUser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The objects that an application of conversations needs before one of its variants is judged, made
 * through the public API. All of them have the application's name.
 */
final class GovernedChat {

  static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final ApiUser ada = Platform.user("ada");
  private final String name;

  GovernedChat(String name) {
    this.name = name;
  }

  void register(String purpose) {
    ada.post(
            "/api/applications",
            Map.of(
                "name",
                name,
                "purpose",
                purpose,
                "owner",
                "Customer care",
                "criticality",
                "LOW",
                "task",
                "GENERATION",
                "monthlyVolume",
                1))
        .expect(201);
  }

  /**
   * Returns the digest of a split into validation and test, admitted for evaluation.
   *
   * @param item the line of an item, by its number
   */
  String admittedSplit(int size, IntFunction<String> item) {
    ada.post(
            "/api/datasets",
            Map.of("name", name, "kind", "CHAT", "licence", "CC0-1.0", "legalBasis", "generated"))
        .expect(201);
    return GovernedApplication.admit(
        ada,
        name,
        IntStream.range(0, size).mapToObj(item),
        Map.of("seed", 7, "subsets", Map.of("validation", 0.4, "test", 0.6)),
        List.of("EVALUATE"));
  }

  /** Returns the digest of a suite over a subset. */
  String suite(String split, String subset, Map<String, ?> scorer) {
    return GovernedApplication.publish(
        Map.of(
            "name",
            name + "-" + subset,
            "splitDigest",
            split,
            "subset",
            subset,
            "scorers",
            List.of(scorer),
            "seed",
            7));
  }

  /** Returns the digest of criteria for this quality and a latency that every variant meets. */
  String criteria(String suite, String metric, String kind) {
    return ada.post(
            "/api/applications/" + name + "/criteria",
            Map.of(
                "suiteDigest",
                suite,
                "plannedVerdicts",
                4,
                "candidatesPerPhase",
                2,
                "criteria",
                List.of(
                    GovernedApplication.criterion(metric, kind, "AT_LEAST", 0.6, 0.95, 80),
                    GovernedApplication.criterion(
                        "latency_p50_ms", "LATENCY", "AT_MOST", 20_000, 1_000, 80))))
        .expect(201)
        .text("/criteriaDigest");
  }

  /** Returns the digest of a variant that has the name of its provider. */
  String variant(String prompt, String model) {
    return ada.post(
            "/api/variants",
            Map.of(
                "application",
                name,
                "name",
                model.substring(0, model.indexOf('/')),
                "promptDigest",
                prompt,
                "model",
                model))
        .expect(201)
        .text("/variantDigest");
  }

  /** Returns the id of a finished run. */
  String run(String suite, String variant) {
    String run =
        await()
            .atMost(TIMEOUT)
            .until(
                () ->
                    ada.post(
                        "/api/runs",
                        Map.of(
                            "application",
                            name,
                            "suiteDigest",
                            suite,
                            "variantDigest",
                            variant,
                            "seed",
                            7)),
                answer -> !List.of("not-yet-known", "criteria-required").contains(answer.problem()))
            .expect(202)
            .text("/runId");
    GovernedApplication.awaitState(ada, "/api/runs/" + run, "/state", "FINISHED");
    return run;
  }
}
