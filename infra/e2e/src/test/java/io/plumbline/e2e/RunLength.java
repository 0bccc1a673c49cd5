package io.plumbline.e2e;

/**
 * The length of those tests that have a short form in each build and a full one in {@code
 * ./plumbline test --long}.
 */
public final class RunLength {

  private static final boolean FULL = Boolean.getBoolean("e2e.long");

  private RunLength() {}

  /** Returns whether the full forms run. */
  public static boolean isFull() {
    return FULL;
  }

  /**
   * Returns a number of a test: the system property of this name, or else that of the form that
   * runs.
   */
  public static int of(String property, int brief, int full) {
    return Integer.getInteger(property, FULL ? full : brief);
  }
}
