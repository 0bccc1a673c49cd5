package io.plumbline.platform.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RepeatsTests {

  @Test
  void keeps_what_was_counted_more_than_once() {
    try (Arena arena = Arena.ofConfined()) {
      CountingFilter repeats = new CountingFilter(10, arena);
      repeats.count(new int[] {1 << 30, 7 << 20, -1, 1 << 30, -1, -1, -1, -1});
      repeats.count(new int[] {7 << 20, -(1 << 29)});
      assertThat(repeats.among(new int[] {-1, -(1 << 29), 1 << 30, 7 << 20}))
          .containsExactly(-1, 1 << 30, 7 << 20);
    }
  }

  @Test
  void takes_few_others_for_repeated() {
    int[] hashes = new Random(3).ints().distinct().limit(100_000).toArray();
    try (Arena arena = Arena.ofConfined()) {
      CountingFilter repeats = new CountingFilter(hashes.length, arena);
      repeats.count(hashes);
      // Half of them or more share no bits with another: e^-1 would of as many counters.
      assertThat(repeats.among(hashes).length).isBetween(30_000, 65_000);
    }
  }
}
