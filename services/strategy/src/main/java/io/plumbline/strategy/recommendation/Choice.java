package io.plumbline.strategy.recommendation;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The choice among measured variants. Among those that meet the criteria it is the best variant of
 * the simplest approach, and if none meets them the best of all. A variant that another one beats
 * in every respect is excluded, unless the other one has a more complex approach, because
 * simplicity counts as a respect too.
 */
record Choice(
    Candidate chosen, boolean meets, List<Candidate> nonDominated, Optional<Candidate> runnerUp) {

  private static final String ACCURACY = "accuracy";

  /**
   * Chooses among candidates.
   *
   * @param metrics the metrics by which candidates are compared
   * @return the choice; empty if there are no candidates
   */
  static Optional<Choice> among(
      List<Candidate> candidates, List<Criterion> criteria, List<SuiteMetric> metrics) {
    List<Candidate> nonDominated =
        candidates.stream()
            .filter(each -> candidates.stream().noneMatch(other -> other.dominates(each, metrics)))
            .toList();
    List<Candidate> contenders =
        candidates.stream()
            .filter(each ->
                candidates.stream()
                    .noneMatch(other ->
                        other.approach().compareTo(each.approach()) <= 0
                            && other.dominates(each, metrics)))
            .toList();
    Comparator<Candidate> best = Comparator.comparingDouble(each -> qualityOf(each, criteria));
    Optional<Candidate> simplest =
        contenders.stream()
            .filter(each -> each.meetsCriteria())
            .min(Comparator.comparing(Candidate::approach).thenComparing(best.reversed()));
    Optional<Candidate> chosen = simplest.or(() -> contenders.stream().max(best));
    return chosen.map(each ->
        new Choice(
            each,
            simplest.isPresent(),
            nonDominated,
            candidates.stream().filter(other -> other.approach() != each.approach()).max(best)));
  }

  /**
   * Returns the value of the first criterion of quality, or of accuracy without such a criterion.
   */
  static double qualityOf(Candidate candidate, List<Criterion> criteria) {
    return candidate.valueOf(qualityMetric(criteria)).orElse(Double.NEGATIVE_INFINITY);
  }

  static String qualityMetric(List<Criterion> criteria) {
    return criteria.stream()
        .filter(each -> each.kind().measuresQuality() && each.direction() == Direction.AT_LEAST)
        .map(Criterion::metric)
        .findFirst()
        .orElse(ACCURACY);
  }
}
