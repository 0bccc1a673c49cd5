package io.plumbline.training.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A grid of values to try for each hyperparameter. Its points are all combinations of them. */
public record Grid(Map<String, List<Double>> values) {

  static final int MAX_POINTS = 10_000;

  public Grid {
    values = new TreeMap<>(values);
  }

  /** Returns the number of points, at most one more than {@link #MAX_POINTS}, without overflow. */
  long size() {
    long size = 1;
    for (List<Double> each : values.values()) {
      size = Math.min(MAX_POINTS + 1L, size * each.size());
    }
    return size;
  }

  /**
   * Returns all points, or {@code most} points drawn at random without replacement. The first
   * points would not do, because they vary only the last parameter.
   */
  public List<Map<String, Double>> points(int most, long seed) {
    List<Map<String, Double>> points = new ArrayList<>(List.of(Map.of()));
    for (Map.Entry<String, List<Double>> axis : values.entrySet()) {
      List<Map<String, Double>> longer = new ArrayList<>();
      for (Map<String, Double> point : points) {
        for (Double value : axis.getValue()) {
          Map<String, Double> extended = new LinkedHashMap<>(point);
          extended.put(axis.getKey(), value);
          longer.add(extended);
        }
      }
      points = longer;
    }
    if (points.size() <= most) {
      return points;
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = points.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Map<String, Double> swapped = points.get(i);
      points.set(i, points.get(j));
      points.set(j, swapped);
    }
    return List.copyOf(points.subList(0, most));
  }
}
