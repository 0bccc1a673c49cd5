package io.plumbline.platform.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearPairsTests {

  private final Random random = new Random(17);

  private record Listed(List<TokenHashes> all) implements NearPairs.Texts {
    @Override
    public int size() {
      return all.size();
    }

    @Override
    public long units() {
      return all.stream().mapToLong(TokenHashes::count).sum();
    }

    @Override
    public TokenHashes text(int number) {
      return all.get(number);
    }
  }

  private static final class Found implements NearPairs.Pairs {

    private final SortedSet<String> pairs = new TreeSet<>();

    @Override
    public boolean has(int left, int right) {
      return left == right;
    }

    @Override
    public void add(int left, int right) {
      pairs.add(Math.min(left, right) + " " + Math.max(left, right));
    }
  }

  private static SortedSet<String> found(List<TokenHashes> texts, int blockPostings) {
    Found found = new Found();
    new NearPairs(new Listed(texts), found, blockPostings).find();
    return found.pairs;
  }

  /** Finds the near pairs by comparing every text with every other in full. */
  private static SortedSet<String> near(List<TokenHashes> texts) {
    Found near = new Found();
    for (MatchMode mode : MatchMode.values()) {
      for (int left = 0; left < texts.size(); left++) {
        MatchMode.Comparison comparison = mode.comparison(texts.get(left));
        for (int right = 0; right < texts.size(); right++) {
          TokenHashes added = texts.get(right);
          if (left != right
              && mode.canSearch(texts.get(left))
              && mode.canBeFound(added)
              && comparison.isWorthwhile(added)
              && comparison.isNear(added)) {
            near.add(left, right);
          }
        }
      }
    }
    return near.pairs;
  }

  /** Returns a random word; some words are frequent and most are rare. */
  private String word() {
    return "w" + (int) (3_000 * Math.pow(random.nextDouble(), 3));
  }

  private String words(int count) {
    return IntStream.range(0, count).mapToObj(i -> word()).collect(Collectors.joining(" "));
  }

  /** Returns another text of the same words: inside a longer one, cut, padded or changed. */
  private String changed(String text, int way) {
    List<String> words = new ArrayList<>(List.of(text.split(" ", -1)));
    switch (way) {
      case 0 -> words.addAll(random.nextInt(words.size()), List.of(words(20).split(" ", -1)));
      case 1 -> words.subList(0, words.size() / 3).clear();
      case 2 -> words.replaceAll(word -> random.nextInt(2) == 0 ? word + " " + word() : word);
      case 3 -> words.replaceAll(word -> random.nextInt(12) == 0 ? word() : word);
      default -> words.replaceAll(word -> random.nextInt(4) == 0 ? word() : word);
    }
    return String.join(" ", words);
  }

  private List<TokenHashes> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      texts.add(words(random.nextInt(6, 60)));
    }
    for (int i = 0; i < 200; i++) {
      texts.add(changed(texts.get(random.nextInt(300)), i % 5));
    }
    return texts.stream()
        .map(text -> TokenHashes.of(NormalText.of(text), Integer.MAX_VALUE))
        .toList();
  }

  @Test
  void finds_all_pairs_that_are_near_and_no_other() {
    List<TokenHashes> texts = texts();
    assertThat(near(texts)).hasSizeGreaterThan(100);
    assertThat(found(texts, 2_000_000)).isEqualTo(near(texts));
  }

  @Test
  void finds_the_same_in_blocks_of_a_few_texts() {
    List<TokenHashes> texts = texts();
    assertThat(found(texts, 50)).isEqualTo(near(texts));
  }

  @Test
  void a_pair_that_is_known_is_not_added() {
    TokenHashes text =
        TokenHashes.of(NormalText.of("one two three four five six seven eight nine ten"), 10);
    List<String> added = new ArrayList<>();
    new NearPairs(
            new Listed(List.of(text, text)),
            new NearPairs.Pairs() {
              @Override
              public boolean has(int left, int right) {
                return true;
              }

              @Override
              public void add(int left, int right) {
                added.add(left + " " + right);
              }
            })
        .find();
    assertThat(added).isEmpty();
  }

  @Test
  void no_texts_are_no_pairs() {
    assertThat(found(List.of(), 50)).isEmpty();
  }
}
