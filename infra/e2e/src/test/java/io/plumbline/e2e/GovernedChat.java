package io.plumbline.e2e;

import io.plumbline.demo.driver.PromptDriver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * An application of conversations, with what is needed before one of its variants is judged. All of
 * it has the application's name.
 */
final class GovernedChat extends GovernedApplication {

  GovernedChat(String name) {
    super(name);
  }

  void register(String purpose) {
    ada.post(
            "/api/applications",
            Map.of(
                "name",
                name(),
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
    return admit(
        Map.of("kind", "CHAT", "licence", "CC0-1.0", "legalBasis", "generated"),
        IntStream.range(0, size).mapToObj(item),
        Map.of("seed", 7, "subsets", Map.of("validation", 0.4, "test", 0.6)),
        List.of("EVALUATE"));
  }

  /**
   * Publishes the first version of a prompt, and returns its digest.
   *
   * @param more the version besides its messages
   */
  String prompt(String prompt, String instruction, Map<String, ?> more) {
    Map<String, Object> content = new HashMap<>(PromptDriver.conversationVersion(instruction));
    content.putAll(more);
    return new PromptDriver(ada, prompt).createWith(content);
  }

  /**
   * Has verdicts given on this suite by one quality, and by a latency that every variant meets.
   *
   * @param kind the kind of the quality
   */
  void judgeBy(String suiteDigest, String metric, String kind) {
    List<Map<String, Object>> criteria =
        List.of(
            criterion(metric, kind, "AT_LEAST", 0.6, 0.95, 0, 80),
            criterion("latency_p50_ms", "LATENCY", "AT_MOST", 20_000, 1_000, 0, 80));
    judgeBy(
        suiteDigest,
        registerCriteria(suiteDigest, 4, criteria).expect(201).text("/criteriaDigest"));
  }

  /** Returns the digest of a variant that has the name of its provider. */
  String variant(String prompt, String model) {
    return createVariant(model.substring(0, model.indexOf('/')), prompt, model, Map.of());
  }
}
