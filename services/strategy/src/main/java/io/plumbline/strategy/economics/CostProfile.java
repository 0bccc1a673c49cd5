package io.plumbline.strategy.economics;

/**
 * The two profiles for which the guide gives bands.
 *
 * @see CostDefaults
 */
public enum CostProfile {
  SMALL(10_000, 50_000),
  ENTERPRISE(100_000, 500_000);

  private final long lowVolume;
  private final long highVolume;

  CostProfile(long lowVolume, long highVolume) {
    this.lowVolume = lowVolume;
    this.highVolume = highVolume;
  }

  /** Returns the number of requests a month at the lower end of the profile. */
  public long lowVolume() {
    return lowVolume;
  }

  public long highVolume() {
    return highVolume;
  }
}
