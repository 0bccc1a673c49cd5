package io.plumbline.strategy.plan;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.contracts.EvaluationEvent.SuiteScorer;
import io.plumbline.contracts.EvaluationEvent.TrivialScores;
import io.plumbline.platform.problem.Problem;
import io.plumbline.strategy.StrategyProblem;
import io.plumbline.strategy.projection.Suite;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Requires that variants without any skill cannot meet the criteria of quality.
 *
 * <p>A threshold that such a variant meets has to be raised beyond its score. If the variant has
 * the best possible value, as one that always abstains has for out-of-scope recall, no threshold
 * lies beyond it. Such a criterion guards against the other extreme and is allowed beside one that
 * counts. A criterion whose scorer decides by its configuration alone, such as a pattern, is also
 * allowed beside one that counts while no score of these variants shows that it can be missed.
 * Latency, cost and consistency do not measure quality, and any of these variants may meet them.
 */
record TrivialCriteriaCheck(CriteriaSet set, Suite suite, List<TrivialScores> variants) {

  /**
   * The types of scorers that may decide by their configuration alone, independently of the
   * expected answer of an item: by a pattern, a schema or values that any answer may have.
   */
  private static final Set<String> CONFIGURED = Set.of("regex", "json_schema", "contains");

  /** The types of scorers that evaluate the scores of another scorer. */
  private static final Set<String> DERIVED = Set.of("selective", "brier", "calibration_error");

  /**
   * Requires thresholds that these variants miss.
   *
   * @throws Problem 409, recorded, for a threshold that could be beyond their scores but is not,
   *     and if no criterion of quality counts
   */
  void requireNotTriviallyMet() {
    List<TriviallyMet> met =
        TriviallyMet.of(
            set.criteria().stream().filter(each -> each.kind().measuresQuality()).toList(),
            variants);
    requireThresholds(met);
    requireNontrivialCriterion(met);
  }

  private void requireThresholds(List<TriviallyMet> met) {
    Problem problem =
        new Problem(
            StrategyProblem.TRIVIAL_CRITERIA,
            "A criterion counts only if variants without any skill miss it. Correct the"
                + " thresholds listed in errors, or name a suite that measures only the items"
                + " that need an answer.");
    for (int i = 0; i < set.criteria().size(); i++) {
      Criterion criterion = set.criteria().get(i);
      Optional<TriviallyMet> best =
          met.stream()
              .filter(each -> each.metric().equals(criterion.metric()))
              .max(byBetterScore(criterion.direction()));
      if (best.isPresent() && !isBestPossible(criterion, best.get().score())) {
        problem.withFieldError(
            "/criteria/%d/threshold".formatted(i), boundInWords(criterion, best.get()));
      }
    }
    if (!problem.errors().isEmpty()) {
      throw problem;
    }
  }

  private void requireNontrivialCriterion(List<TriviallyMet> met) {
    List<String> unshown =
        set.criteria().stream()
            .filter(each -> each.kind().measuresQuality())
            .map(Criterion::metric)
            .filter(this::mayAcceptAnyAnswer)
            .toList();
    boolean counts =
        set.criteria().stream()
            .filter(each -> each.kind().measuresQuality())
            .filter(each -> !unshown.contains(each.metric()))
            .anyMatch(each -> met.stream().noneMatch(one -> one.metric().equals(each.metric())));
    if (!counts) {
      throw new Problem(
              StrategyProblem.TRIVIAL_CRITERIA,
              "Add a criterion of quality that variants without any skill miss. Such variants"
                  + " meet those given: "
                  + Stream.concat(
                          met.stream()
                              .map(each ->
                                  "%s by %s (%s)"
                                      .formatted(
                                          each.metric(),
                                          each.variantDescription(),
                                          number(each.score()))),
                          unshown.stream()
                              .map("%s by any answer that its scorer is written for"::formatted))
                      .collect(Collectors.joining(", "))
                  + ".")
          .missing(List.of("a criterion of quality that no variant without any skill meets"));
    }
  }

  /**
   * Returns whether nothing shows that a metric can be missed, as its scorer may accept any answer.
   */
  private boolean mayAcceptAnyAnswer(String metric) {
    if (variants.stream().anyMatch(each -> each.scores().containsKey(metric))) {
      return false;
    }
    List<String> types = types(each -> each.name().equals(metric));
    return types.stream().anyMatch(CONFIGURED::contains)
        || (types.stream().anyMatch(DERIVED::contains)
            && types(each -> true).stream().anyMatch(CONFIGURED::contains));
  }

  private List<String> types(Predicate<SuiteScorer> which) {
    return suite.scorers().stream().filter(which).map(SuiteScorer::type).toList();
  }

  private static Comparator<TriviallyMet> byBetterScore(Direction direction) {
    Comparator<TriviallyMet> byScore = Comparator.comparingDouble(TriviallyMet::score);
    return direction == Direction.AT_LEAST ? byScore : byScore.reversed();
  }

  private boolean isBestPossible(Criterion criterion, double score) {
    Double largest = suite.metric(criterion.metric()).map(SuiteMetric::largest).orElse(null);
    return switch (criterion.direction()) {
      case AT_LEAST -> largest != null && score >= largest;
      case AT_MOST -> score <= 0;
    };
  }

  /**
   * Returns in words which bound a threshold must be beyond, rounded so that the variant misses it.
   */
  private static String boundInWords(Criterion criterion, TriviallyMet best) {
    boolean atLeast = criterion.direction() == Direction.AT_LEAST;
    BigDecimal bound =
        BigDecimal.valueOf(best.score())
            .setScale(4, atLeast ? RoundingMode.CEILING : RoundingMode.FLOOR);
    return "must be %s %s: %s has %s of %s"
        .formatted(
            atLeast ? "above" : "below",
            bound.stripTrailingZeros().toPlainString(),
            best.variantDescription(),
            number(best.score()),
            criterion.metric());
  }

  private static String number(double score) {
    return String.format(Locale.ROOT, "%.3f", score);
  }
}
