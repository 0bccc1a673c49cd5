package io.plumbline.platform.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that the event of a row is found by the row's key, and by no other. */
class RowIndexTests {

  private final RowKeys keys = new RowKeys();
  private final RowIndex index = new RowIndex();

  @Test
  void each_row_is_found_by_its_key() {
    IntStream.range(0, 10_000).forEach(i -> index.put(hash("w", "row " + i), i, false));

    assertThat(index.size()).isEqualTo(10_000);
    assertThat(IntStream.range(0, 10_000)).allMatch(i -> index.get(hash("w", "row " + i)) == i);
    assertThat(index.contains(hash("w", "row 10000"))).isFalse();
  }

  @Test
  void the_first_event_decides_unless_it_is_replaced() {
    index.put(hash("a"), 1, false);
    index.put(hash("a"), 2, false);
    assertThat(index.get(hash("a"))).isEqualTo(1);

    index.put(hash("a"), 3, true);
    assertThat(index.get(hash("a"))).isEqualTo(3);
  }

  @Test
  void keys_that_agree_when_joined_are_two() {
    assertThat(hash("ab", "c")).isNotEqualTo(hash("a", "bc"));
    assertThat(hash("a", "")).isNotEqualTo(hash("a"));
    assertThat(hash("a\0b")).isNotEqualTo(hash("a", "b"));
  }

  @Test
  void a_hash_of_one_run_says_nothing_of_another() {
    assertThat(new RowKeys().hash(List.of("a"))).isNotEqualTo(hash("a"));
  }

  private RowKeys.Hash hash(String... key) {
    return keys.hash(List.of(key));
  }
}
