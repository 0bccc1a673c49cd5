package io.plumbline.demo.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The probabilities of outcomes, each and all together, when the items are drawn again: the
 * bootstrap of B. Efron, Bootstrap methods, The Annals of Statistics 7 (1979) 1–26. They show what
 * a plan may expect at the quality that was measured, and are no evidence about the test items.
 *
 * @param each the share of the resamples in which an outcome came about, by its name
 * @param joint the share in which all did
 */
public record OutcomeProbabilities(Map<String, Double> each, double joint) {

  public static final int RESAMPLES = 10_000;

  /**
   * Returns the probabilities, as shares of {@value #RESAMPLES} resamples.
   *
   * @param seed the seed of the draws
   * @param resample draws items and says of each outcome, by its name, whether it came about
   */
  public static OutcomeProbabilities of(
      long seed, Function<Random, Map<String, Boolean>> resample) {
    Random random = new Random(seed);
    Map<String, Integer> counts = new LinkedHashMap<>();
    int all = 0;
    for (int i = 0; i < RESAMPLES; i++) {
      Map<String, Boolean> outcomes = resample.apply(random);
      outcomes.forEach((name, came) -> counts.merge(name, came ? 1 : 0, Integer::sum));
      all += outcomes.containsValue(false) ? 0 : 1;
    }
    Map<String, Double> each = new LinkedHashMap<>();
    counts.forEach((name, count) -> each.put(name, (double) count / RESAMPLES));
    return new OutcomeProbabilities(each, (double) all / RESAMPLES);
  }

  /** Draws items with replacement. */
  public static <T> List<T> draw(List<T> from, int count, Random random) {
    return IntStream.range(0, count).mapToObj(i -> from.get(random.nextInt(from.size()))).toList();
  }

  /** Returns one line, such as {@code frequent questions fail 99.9%, …; all of it 99.5%}. */
  public String asText() {
    return each.entrySet().stream()
            .map(outcome -> outcome.getKey() + " " + percent(outcome.getValue()))
            .collect(Collectors.joining(", "))
        + "; all of it "
        + percent(joint);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }
}
