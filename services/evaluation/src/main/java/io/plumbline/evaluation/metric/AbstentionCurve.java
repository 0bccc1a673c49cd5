package io.plumbline.evaluation.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What abstaining below a threshold would have given, of the answers of a run: R. El-Yaniv, Y.
 * Wiener, On the foundations of noise-free selective classification, JMLR 11 (2010) 1605–1641. What
 * the variant abstained from stays so, since the answer in its place is not known; an answer
 * without a confidence stands at every threshold.
 *
 * @param points by rising threshold
 */
public record AbstentionCurve(List<Point> points) {

  /** Points of a curve. */
  public static final int MOST = 100;

  /**
   * A threshold and what comes of it.
   *
   * @param coverage the share of the items that are answered
   * @param inScopeCoverage the share of the items in scope that are answered; absent where the
   *     suite does not say which these are
   * @param answered how many of the items that are scored
   * @param score the mean score of these; absent where there is none
   * @param outOfScopeRecall the share of the items out of scope that are abstained from; absent
   *     where the suite does not say which these are
   */
  public record Point(
      double threshold,
      double coverage,
      @Nullable Double inScopeCoverage,
      long answered,
      @Nullable Double score,
      @Nullable Double outOfScopeRecall) {}

  /**
   * @param scorer by whose scores the answers are measured
   * @param inScope the scorer that applies to the items in scope; absent without one
   * @param outOfScope the scorer that applies to the items out of scope; absent without one
   */
  public static AbstentionCurve of(
      List<Observation> observations,
      String scorer,
      @Nullable String inScope,
      @Nullable String outOfScope) {
    List<Observation> originals = observations.stream().filter(Observation::original).toList();
    return new AbstentionCurve(
        thresholds(originals).stream()
            .map(threshold -> point(originals, threshold, scorer, inScope, outOfScope))
            .toList());
  }

  /** Each confidence that occurs; of too many those at equal distances of rank, with both ends. */
  private static List<Double> thresholds(List<Observation> originals) {
    List<Double> distinct =
        originals.stream()
            .flatMap(each -> Stream.ofNullable(each.confidence()))
            .distinct()
            .sorted()
            .toList();
    if (distinct.size() <= MOST) {
      return distinct;
    }
    List<Double> chosen = new ArrayList<>();
    for (long i = 0; i < MOST; i++) {
      chosen.add(distinct.get((int) (i * (distinct.size() - 1) / (MOST - 1))));
    }
    return chosen;
  }

  private static Point point(
      List<Observation> originals,
      double threshold,
      String scorer,
      @Nullable String inScope,
      @Nullable String outOfScope) {
    List<Observation> scored =
        originals.stream()
            .filter(each -> each.applies(scorer) && !isWithheld(each, threshold))
            .toList();
    return new Point(
        threshold,
        Objects.requireNonNull(share(originals, each -> isAnswered(each, threshold))),
        inScope == null
            ? null
            : share(applicable(originals, inScope), each -> isAnswered(each, threshold)),
        scored.size(),
        scored.isEmpty()
            ? null
            : scored.stream().mapToDouble(each -> each.score(scorer)).average().orElseThrow(),
        outOfScope == null
            ? null
            : share(applicable(originals, outOfScope), each -> isWithheld(each, threshold)));
  }

  private static List<Observation> applicable(List<Observation> originals, String scorer) {
    return originals.stream().filter(each -> each.applies(scorer)).toList();
  }

  private static boolean isAnswered(Observation observation, double threshold) {
    return !observation.failed() && !isWithheld(observation, threshold);
  }

  private static boolean isWithheld(Observation observation, double threshold) {
    Double confidence = observation.confidence();
    return observation.abstained() || (confidence != null && confidence < threshold);
  }

  private static @Nullable Double share(List<Observation> of, Predicate<Observation> counted) {
    return of.isEmpty() ? null : (double) of.stream().filter(counted).count() / of.size();
  }
}
