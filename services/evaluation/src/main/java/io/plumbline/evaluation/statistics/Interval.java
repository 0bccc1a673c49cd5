package io.plumbline.evaluation.statistics;

/** A confidence interval; a bound may be infinite where the sample gives none. */
public record Interval(double low, double high) {

  public Interval {
    if (Double.isNaN(low) || Double.isNaN(high) || low > high) {
      throw new IllegalArgumentException(
          "An interval has two ordered bounds, not %s and %s".formatted(low, high));
    }
  }

  /** The interval of the negated quantity. */
  public Interval negated() {
    return new Interval(-high, -low);
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
