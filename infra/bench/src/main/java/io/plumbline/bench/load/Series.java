package io.plumbline.bench.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The figures of one contender, one per round. */
public record Series(String name, String unit, List<Double> values) {

  public Series(String name, String unit) {
    this(name, unit, new ArrayList<>());
  }

  public void add(double value) {
    values.add(value);
  }

  public double median() {
    return percentile(values, 0.5);
  }

  /** Returns the value at the nearest rank. */
  public static double percentile(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(Math.clamp((int) Math.ceil(share * sorted.size()) - 1, 0, sorted.size() - 1));
  }

  /** Returns median, extent and the ratio to the contender compared with. */
  public String reportLine(Series baseline) {
    return String.format(
        Locale.ROOT,
        "  %-44s %,12.2f %-10s [%,.2f – %,.2f]  %.2f×",
        name,
        median(),
        unit,
        Collections.min(values),
        Collections.max(values),
        median() / baseline.median());
  }
}
