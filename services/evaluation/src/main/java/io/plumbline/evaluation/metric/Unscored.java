package io.plumbline.evaluation.metric;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The items to which a scorer gave no score, though they were answered: its metric is not measured.
 * To count them as 0 would charge the variant with what its judge failed at, and to leave them out
 * would measure the items on which the judge works.
 *
 * @param items among the original ones
 * @param causes what was the matter, and for how many items
 */
record Unscored(String scorer, long items, int of, Map<String, Long> causes) {

  /** Causes that are named; the rest is of few items each. */
  private static final int NAMED = 3;

  static Optional<Unscored> of(List<Observation> originals, String scorer) {
    Map<String, Long> causes =
        originals.stream()
            .flatMap(each -> Optional.ofNullable(each.unscored().get(scorer)).stream())
            .collect(Collectors.groupingBy(cause -> cause, TreeMap::new, Collectors.counting()));
    long items = causes.values().stream().mapToLong(Long::longValue).sum();
    return items == 0
        ? Optional.empty()
        : Optional.of(new Unscored(scorer, items, originals.size(), causes));
  }

  /** As {@code scorer clarity gave no score for 3 of 40 items: it was not available (3)}. */
  String reason() {
    String most =
        causes.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(NAMED)
            .map(cause -> "%s (%d)".formatted(cause.getKey(), cause.getValue()))
            .collect(Collectors.joining(", "));
    return "scorer %s gave no score for %d of %d items: %s".formatted(scorer, items, of, most);
  }
}
