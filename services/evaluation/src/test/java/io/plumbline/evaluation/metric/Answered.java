package io.plumbline.evaluation.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates observations of questions about documents, which a scorer {@code right} scores. */
final class Answered {

  static final String RIGHT = "right";
  static final String OUT_OF_SCOPE = "out_of_scope_recall";
  static final String IN_SCOPE = "in_scope_coverage";

  private Answered() {}

  static Observation answer(int item, double score, @Nullable Double confidence) {
    return observation(item, Map.of(RIGHT, score), Set.of(OUT_OF_SCOPE), false, confidence, false);
  }

  static Observation abstention(int item, double confidence) {
    return observation(item, Map.of(RIGHT, 0.0), Set.of(OUT_OF_SCOPE), true, confidence, false);
  }

  /** Returns a question that the documents answer, as the scorer of coverage in scope scores it. */
  static Observation inScope(int item, boolean abstained) {
    double answered = abstained ? 0 : 1;
    return observation(
        item,
        Map.of(RIGHT, answered, IN_SCOPE, answered),
        Set.of(OUT_OF_SCOPE),
        abstained,
        0.5,
        false);
  }

  /** Returns a question that the documents do not answer. */
  static Observation outOfScope(int item, boolean abstained, double confidence) {
    double right = abstained ? 1 : 0;
    return observation(
        item,
        Map.of(RIGHT, right, OUT_OF_SCOPE, right),
        Set.of(IN_SCOPE),
        abstained,
        confidence,
        false);
  }

  /** Returns a question that the scorer does not apply to. */
  static Observation beside(int item) {
    return observation(item, Map.of(), Set.of(RIGHT, OUT_OF_SCOPE), false, 0.5, false);
  }

  static Observation failed(int item) {
    return observation(item, Map.of(), Set.of(OUT_OF_SCOPE), false, null, true);
  }

  static Observation failedBeside(int item) {
    return observation(item, Map.of(), Set.of(RIGHT, OUT_OF_SCOPE), false, null, true);
  }

  static Observation observation(
      int item,
      Map<String, Double> scores,
      Set<String> notApplicable,
      boolean abstained,
      @Nullable Double confidence,
      boolean failed) {
    return new Observation(
        "i" + item,
        Perturbation.NONE,
        null,
        null,
        scores,
        Map.of(),
        notApplicable,
        abstained,
        confidence,
        failed,
        10,
        null);
  }

  static List<Observation> times(int count, Observation observation, int from) {
    List<Observation> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(
          observation(
              from + i,
              observation.scores(),
              Set.copyOf(observation.notApplicable()),
              observation.abstained(),
              observation.confidence(),
              observation.failed()));
    }
    return all;
  }
}
