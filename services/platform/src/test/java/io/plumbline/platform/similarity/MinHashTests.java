package io.plumbline.platform.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MinHashTests {

  /**
   * The expectation of the estimate is J and, with 128 independent positions, its standard error is
   * sqrt(J(1-J)/128) (Broder 1997).
   */
  @Test
  void estimates_jaccard_similarity_without_bias_and_within_its_standard_error() {
    Random random = new Random(7);
    List<Double> standardised = new ArrayList<>();
    for (int pair = 0; pair < 400; pair++) {
      List<String> left = words(random, 120);
      List<String> right = new ArrayList<>(left);
      for (int i = 0; i < random.nextInt(1, 25); i++) {
        right.set(random.nextInt(right.size()), "w" + random.nextInt(1_000_000));
      }
      double exact = jaccard(left, right);
      double estimate = MinHash.similarity(signature(left), signature(right));
      if (exact < 1) {
        standardised.add((estimate - exact) / Math.sqrt(exact * (1 - exact) / MinHash.SIZE));
      }
    }
    double mean = standardised.stream().mapToDouble(z -> z).average().orElseThrow();
    double variance = standardised.stream().mapToDouble(z -> z * z).average().orElseThrow();
    // For 400 standard normal values, the mean deviates by less than 0.2 and the variance by less
    // than 0.3 with a probability above 0.999.
    assertThat(Math.abs(mean)).isLessThan(0.2);
    assertThat(variance).isBetween(0.7, 1.3);
  }

  @Test
  void is_the_same_on_every_machine() {
    int[] signature =
        MinHash.signature(NormalText.of("The quick brown fox jumps over the lazy dog"));
    assertThat(List.of(signature[0], signature[1], signature[127])).isEqualTo(EXPECTED);
  }

  private static final List<Integer> EXPECTED =
      List.of(-1_372_088_549, -1_057_186_414, -2_082_619_355);

  @Test
  void short_texts_are_one_shingle() {
    assertThat(
            MinHash.similarity(signature(List.of("win", "now")), signature(List.of("win", "now"))))
        .isEqualTo(1);
    assertThat(
            MinHash.similarity(
                signature(List.of("win", "now")), signature(List.of("win", "later"))))
        .isLessThan(0.1);
  }

  private static int[] signature(List<String> words) {
    return MinHash.signature(NormalText.of(String.join(" ", words)));
  }

  private static List<String> words(Random random, int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add("w" + random.nextInt(1_000_000));
    }
    return words;
  }

  private static double jaccard(List<String> left, List<String> right) {
    Set<List<String>> a = shingles(left);
    Set<List<String>> b = shingles(right);
    Set<List<String>> both = new HashSet<>(a);
    both.retainAll(b);
    return (double) both.size() / (a.size() + b.size() - both.size());
  }

  private static Set<List<String>> shingles(List<String> words) {
    Set<List<String>> shingles = new HashSet<>();
    for (int i = 0; i + 3 <= words.size(); i++) {
      shingles.add(List.copyOf(words.subList(i, i + 3)));
    }
    return shingles;
  }
}
