package io.plumbline.platform.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LongestCommonSubsequenceTests {

  @Test
  void has_as_many_as_the_longest_common_subsequence_and_no_more() {
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      int[] text = random.ints(random.nextInt(1, 300), 0, 20).toArray();
      int[] other = random.ints(random.nextInt(1, 300), 0, 25).toArray();
      LongestCommonSubsequence subsequence = new LongestCommonSubsequence(text);
      int length = textbook(text, other);
      assertThat(subsequence.sharesAtLeast(length, other)).isTrue();
      assertThat(subsequence.sharesAtLeast(length + 1, other)).isFalse();
    }
  }

  /** Computes the length by the textbook algorithm (Wagner and Fischer 1974). */
  private static int textbook(int[] a, int[] b) {
    int[][] length = new int[a.length + 1][b.length + 1];
    for (int i = 1; i <= a.length; i++) {
      for (int j = 1; j <= b.length; j++) {
        length[i][j] =
            a[i - 1] == b[j - 1]
                ? length[i - 1][j - 1] + 1
                : Math.max(length[i - 1][j], length[i][j - 1]);
      }
    }
    return length[a.length][b.length];
  }
}
