package io.plumbline.strategy.plan;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.EvaluationEvent.TrivialScores;
import io.plumbline.contracts.TrivialVariant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A criterion that a variant without any skill meets over the items of the suite, so that it does
 * not count by itself.
 *
 * @param metric the metric of the criterion
 * @param label the label that the variant always answers; absent if it does not answer a label
 * @param score the score of the variant
 */
public record TriviallyMet(
    String metric, TrivialVariant variant, @Nullable String label, double score) {

  /** Returns the criteria that variants without any skill meet, in the order of the criteria. */
  static List<TriviallyMet> of(List<Criterion> criteria, List<TrivialScores> variants) {
    return criteria.stream().flatMap(criterion -> findMet(criterion, variants)).toList();
  }

  private static Stream<TriviallyMet> findMet(Criterion criterion, List<TrivialScores> variants) {
    String metric = criterion.metric();
    return variants.stream()
        .flatMap(each -> {
          Double score = each.scores().get(metric);
          if (score == null || !meets(criterion, score)) {
            return Stream.empty();
          }
          return Stream.of(new TriviallyMet(metric, each.variant(), each.label(), score));
        });
  }

  private static boolean meets(Criterion criterion, double score) {
    return switch (criterion.direction()) {
      case AT_LEAST -> score >= criterion.threshold();
      case AT_MOST -> score <= criterion.threshold();
    };
  }

  /** Returns a name such as {@code a variant that always abstains}. */
  String variantDescription() {
    return switch (variant) {
      case ALWAYS_ABSTAINS -> "a variant that always abstains";
      case NEVER_ABSTAINS -> "a variant that never abstains";
      case COMMONEST_LABEL -> "a variant that always answers '%s'".formatted(label);
    };
  }
}
