package io.plumbline.evaluation.suite;

import java.util.List;
import java.util.Locale;

/**
 * A subset of a million items, of which a suite is drawn as it is published. Run as a program it
 * exits normally if its heap is large enough.
 */
final class LargeSubset {

  static final int ITEMS = 1_000_000;

  private LargeSubset() {}

  /** Returns how many items of the subset a suite of the largest size has. */
  static int drawn() {
    List<Sampling.Candidate> sampled =
        Sampling.stratified(
            candidates -> {
              ItemIdSet seen = new ItemIdSet();
              for (int i = 0; i < ITEMS; i++) {
                String id = String.format(Locale.ROOT, "%016x", i * 0x9E3779B97F4A7C15L);
                if (seen.add(id)) {
                  candidates.accept(new Sampling.Candidate(id, "label" + i % 1_000));
                }
              }
            },
            20_000,
            "key");
    return sampled.size();
  }

  public static void main(String[] arguments) {
    if (drawn() != 20_000) {
      throw new IllegalStateException();
    }
  }
}
