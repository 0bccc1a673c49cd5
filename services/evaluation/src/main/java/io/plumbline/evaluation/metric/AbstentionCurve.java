package io.plumbline.evaluation.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results that a run would have had by abstaining below a threshold of confidence: R. El-Yaniv,
 * Y. Wiener, On the foundations of noise-free selective classification, JMLR 11 (2010) 1605–1641.
 * An item that the variant abstained from counts as abstained at every threshold, since the answer
 * in its place is not known. An answer without a confidence counts as given at every threshold.
 *
 * @param points the points by rising threshold
 */
public record AbstentionCurve(List<Point> points) {

  /** The largest number of points of a curve. */
  public static final int MAX_POINTS = 100;

  /**
   * The results at one threshold.
   *
   * @param coverage the share of the items that are answered
   * @param inScopeCoverage the share of the items in scope that are answered; absent where the
   *     suite does not say which items are in scope
   * @param answered how many of the items that the scorer applies to are answered
   * @param score the mean score of these; absent where there is none
   * @param outOfScopeRecall the share of the items out of scope that are abstained from; absent
   *     where the suite does not say which items are out of scope
   */
  public record Point(
      double threshold,
      double coverage,
      @Nullable Double inScopeCoverage,
      long answered,
      @Nullable Double score,
      @Nullable Double outOfScopeRecall) {}

  /**
   * Computes the curve of a run.
   *
   * @param scorer the scorer whose scores measure the answers
   * @param inScope the scorer that applies to the items in scope; absent without one
   * @param outOfScope the scorer that applies to the items out of scope; absent without one
   */
  public static AbstentionCurve of(
      List<Observation> observations,
      String scorer,
      @Nullable String inScope,
      @Nullable String outOfScope) {
    List<Observation> originals = observations.stream().filter(Observation::isOriginal).toList();
    return new AbstentionCurve(
        thresholds(originals).stream()
            .map(threshold -> point(originals, threshold, scorer, inScope, outOfScope))
            .toList());
  }

  /**
   * Returns the confidences that occur. If there are too many, it picks {@value #MAX_POINTS} at
   * equal distances of rank, including the lowest and the highest.
   */
  private static List<Double> thresholds(List<Observation> originals) {
    List<Double> distinct =
        originals.stream()
            .flatMap(each -> Stream.ofNullable(each.confidence()))
            .distinct()
            .sorted()
            .toList();
    if (distinct.size() <= MAX_POINTS) {
      return distinct;
    }
    List<Double> chosen = new ArrayList<>();
    for (long i = 0; i < MAX_POINTS; i++) {
      chosen.add(distinct.get((int) (i * (distinct.size() - 1) / (MAX_POINTS - 1))));
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
            .filter(each -> each.isApplicable(scorer) && !isWithheld(each, threshold))
            .toList();
    return new Point(
        threshold,
        Objects.requireNonNull(share(originals, each -> isAnswered(each, threshold))),
        shareInScope(originals, inScope, each -> isAnswered(each, threshold)),
        scored.size(),
        meanScore(scored, scorer),
        shareInScope(originals, outOfScope, each -> isWithheld(each, threshold)));
  }

  /** Returns the share of the items that a scorer of scope applies to; absent without a scorer. */
  private static @Nullable Double shareInScope(
      List<Observation> originals, @Nullable String scorer, Predicate<Observation> counted) {
    if (scorer == null) {
      return null;
    }
    return share(applicable(originals, scorer), counted);
  }

  private static @Nullable Double meanScore(List<Observation> scored, String scorer) {
    if (scored.isEmpty()) {
      return null;
    }
    return scored.stream().mapToDouble(each -> each.score(scorer)).average().orElseThrow();
  }

  private static List<Observation> applicable(List<Observation> originals, String scorer) {
    return originals.stream().filter(each -> each.isApplicable(scorer)).toList();
  }

  private static boolean isAnswered(Observation observation, double threshold) {
    return !observation.failed() && !isWithheld(observation, threshold);
  }

  private static boolean isWithheld(Observation observation, double threshold) {
    Double confidence = observation.confidence();
    return observation.abstained() || (confidence != null && confidence < threshold);
  }

  private static @Nullable Double share(List<Observation> of, Predicate<Observation> counted) {
    if (of.isEmpty()) {
      return null;
    }
    return (double) of.stream().filter(counted).count() / of.size();
  }
}
