package io.plumbline.demo.mail;

import io.plumbline.demo.driver.ApplicationDriver;
import io.plumbline.demo.step.DemoSize;
import java.util.List;
import java.util.Map;

/**
 * The number of mails and the criteria of success with them, fixed before anything is measured.
 *
 * @param tenths the share of all mails that is uploaded, in tenths
 * @param train rows that retrieval and training learn from
 * @param validation rows that variants are chosen by
 * @param test rows that verdicts are given on
 * @param perturbed items that are asked a second time, perturbed
 * @param minAccuracy threshold of accuracy
 */
record MailPlan(
    int tenths, int train, int validation, int test, int perturbed, double minAccuracy) {

  /** The planned verdicts: one for each variant that the demo takes to the test rows. */
  static final int PLANNED_VERDICTS = 4;

  static final double MIN_MACRO_F1 = 0.55;
  static final double MIN_CONSISTENCY = 0.70;
  static final double MAX_LATENCY = 2_000;

  /** The largest loss against the baseline that passes. */
  static final double ACCURACY_MARGIN = 0.02;

  /**
   * Returns the plan. The full demo has 600 test rows: with 275 the verdict that the prompt fails
   * came out in 82 of 100 resamples, and that retrieval passes in 84. The small one has fewer, and
   * a threshold in the middle between the two.
   */
  static MailPlan of(DemoSize size) {
    return switch (size) {
      case FULL -> new MailPlan(5, 600, 400, 600, 200, 0.85);
      case SMALL -> new MailPlan(2, 300, 140, 400, 120, 0.84);
    };
  }

  int rows() {
    return train + validation + test;
  }

  /** Returns the request that splits the rows. */
  Map<String, Object> splitRequest() {
    return splitRequest(
        7,
        Map.of("train", share(train), "validation", share(validation), "test", share(test)),
        rows());
  }

  /** Returns a split without a test subset, which has as many validation rows as the test. */
  Map<String, Object> exploratorySplitRequest(int seed) {
    double learning = (double) train / (train + test);
    return splitRequest(seed, Map.of("train", learning, "validation", 1 - learning), train + test);
  }

  private static Map<String, Object> splitRequest(int seed, Map<String, Double> subsets, int rows) {
    return Map.of(
        "seed",
        seed,
        "stratify",
        true,
        "dropDuplicates",
        true,
        "maxRows",
        rows,
        "subsets",
        subsets);
  }

  private double share(int subset) {
    return (double) subset / rows();
  }

  Map<String, Object> perturbations() {
    return Map.of("kinds", List.of("LOWER_CASE", "TRUNCATED"), "items", perturbed);
  }

  /**
   * Returns the criterion of accuracy. With 4 planned verdicts and a power of 0.8 it needs (2.50 +
   * 0.84)² · p (1 − p) / effect² items: 223 for 0.93 against 0.85; 105 for 0.85 against 0.70. The
   * effects of macro-F1 and latency leave room for what validation measures.
   */
  Map<String, Object> accuracyCriterion() {
    return ApplicationDriver.criterion(
        "accuracy",
        "TASK_QUALITY",
        "AT_LEAST",
        minAccuracy,
        0.93,
        ACCURACY_MARGIN,
        minSampleSize());
  }

  List<Map<String, Object>> criteria() {
    return List.of(
        accuracyCriterion(),
        ApplicationDriver.criterion(
            "macro_f1", "TASK_QUALITY", "AT_LEAST", MIN_MACRO_F1, 0.85, 0.03, minSampleSize()),
        ApplicationDriver.criterion(
            "consistency", "ROBUSTNESS", "AT_LEAST", MIN_CONSISTENCY, 0.85, 0, perturbed * 5 / 6),
        ApplicationDriver.criterion(
            "latency_p95_ms", "LATENCY", "AT_MOST", MAX_LATENCY, 500, 0, minSampleSize()));
  }

  /**
   * Returns the minimum sample size. It is less than the test has, since items that leak are left
   * out. It is also less than validation has, because the best variant of a phase is read from runs
   * over at least as many items as are registered here.
   */
  private int minSampleSize() {
    return Math.min(validation, test) * 9 / 10;
  }
}
