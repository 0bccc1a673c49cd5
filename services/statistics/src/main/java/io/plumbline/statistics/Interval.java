package io.plumbline.statistics;

/** A confidence interval; a bound is infinite when the sample gives none. */
public record Interval(double low, double high) {

  public Interval {
    if (Double.isNaN(low) || Double.isNaN(high) || low > high) {
      throw new IllegalArgumentException(
          "An interval has two ordered bounds, not %s and %s".formatted(low, high));
    }
  }
}
