package io.plumbline.platform.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CountingFilterTests {

  @Test
  void keeps_what_was_counted_more_than_once() {
    try (Arena arena = Arena.ofConfined()) {
      CountingFilter filter = new CountingFilter(10, arena);
      filter.count(new int[] {1 << 30, 7 << 20, -1, 1 << 30, -1, -1, -1, -1});
      filter.count(new int[] {7 << 20, -(1 << 29)});
      assertThat(filter.repeatedAmong(new int[] {-1, -(1 << 29), 1 << 30, 7 << 20}))
          .containsExactly(-1, 1 << 30, 7 << 20);
    }
  }

  @Test
  void takes_few_others_for_repeated() {
    int[] hashes = new Random(3).ints().distinct().limit(100_000).toArray();
    try (Arena arena = Arena.ofConfined()) {
      CountingFilter filter = new CountingFilter(hashes.length, arena);
      filter.count(hashes);
      // With 131,072 counters, 47% of the hashes (e to the power of -100,000 / 131,072) share no
      // counter with another.
      assertThat(filter.repeatedAmong(hashes).length).isBetween(30_000, 65_000);
    }
  }
}
