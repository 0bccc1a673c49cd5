package io.plumbline.evaluation.metric;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The answered items that a scorer gave no score, because of which its metric is not measured.
 * Counting them as 0 would blame the variant for a failure of its judge. Leaving them out would
 * measure only the items on which the judge works.
 *
 * @param items the number of original items without a score
 * @param counted the number of original items that the metric counts
 * @param causes the causes, with the number of items of each
 */
record UnscoredAnswers(String scorer, long items, int counted, Map<String, Long> causes) {

  /** The number of causes that are named, the most frequent first. */
  private static final int MAX_NAMED = 3;

  static Optional<UnscoredAnswers> of(List<Observation> originals, String scorer) {
    Map<String, Long> causes =
        originals.stream()
            .flatMap(each -> Optional.ofNullable(each.unscored().get(scorer)).stream())
            .collect(Collectors.groupingBy(cause -> cause, TreeMap::new, Collectors.counting()));
    long items = causes.values().stream().mapToLong(Long::longValue).sum();
    if (items == 0) {
      return Optional.empty();
    }
    return Optional.of(new UnscoredAnswers(scorer, items, originals.size(), causes));
  }

  /**
   * Returns a text such as {@code scorer clarity gave no score for 3 of 40 items: it was not
   * available (3)}.
   */
  String reason() {
    String most =
        causes.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(MAX_NAMED)
            .map(cause -> "%s (%d)".formatted(cause.getKey(), cause.getValue()))
            .collect(Collectors.joining(", "));
    return "scorer %s gave no score for %d of %d items: %s".formatted(scorer, items, counted, most);
  }
}
