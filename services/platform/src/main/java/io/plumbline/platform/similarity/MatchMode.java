package io.plumbline.platform.similarity;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The two modes in which a text can be near an added one; see {@link NearTexts}. */
enum MatchMode {
  IN_ORDER(NearTexts.IN_ORDER) {
    @Override
    boolean canBeFound(TokenHashes added) {
      return canSearch(added);
    }

    @Override
    boolean canSearch(TokenHashes text) {
      return text.count() <= NearTexts.MAX_ORDERED && text.wordCount() >= NearTexts.MIN_WORDS;
    }

    @Override
    int[] hashes(TokenHashes text) {
      return text.hashes();
    }

    @Override
    Comparison comparison(TokenHashes text) {
      return new OrderComparison(text);
    }
  },

  INSIDE(NearTexts.INSIDE) {
    @Override
    boolean canBeFound(TokenHashes added) {
      return added.wordCount() >= NearTexts.MIN_INSIDE;
    }

    @Override
    boolean canSearch(TokenHashes text) {
      return text.wordCount() >= NearTexts.MIN_WORDS;
    }

    @Override
    int[] hashes(TokenHashes text) {
      return text.shingles();
    }

    @Override
    Comparison comparison(TokenHashes text) {
      return new ShingleComparison(text);
    }
  };

  private final double share;

  MatchMode(double share) {
    this.share = share;
  }

  /** Returns whether an added text can be found in this mode. */
  abstract boolean canBeFound(TokenHashes added);

  /** Returns whether a text can be searched for added texts in this mode. */
  abstract boolean canSearch(TokenHashes text);

  /** Returns the hashes that a text must have in common with others. */
  abstract int[] hashes(TokenHashes text);

  abstract Comparison comparison(TokenHashes text);

  /** Returns how many of a number of hashes a near text has at least. */
  int minCommonHashes(int hashes) {
    return (int) Math.ceil(share * hashes - 1e-9);
  }

  /** Returns how many of a number of hashes a near text may lack. */
  int maxMissingHashes(int hashes) {
    return hashes - minCommonHashes(hashes);
  }

  /** Compares one text with added ones in full. */
  interface Comparison {

    /** Returns whether a full comparison is worthwhile, by a quick check of the lengths. */
    boolean isWorthwhile(TokenHashes added);

    boolean isNear(TokenHashes added);
  }

  private static final class OrderComparison implements Comparison {

    private final TokenHashes text;
    private final LongestCommonSubsequence order;

    OrderComparison(TokenHashes text) {
      this.text = text;
      this.order = new LongestCommonSubsequence(text.hashes());
    }

    private int shorterCount(TokenHashes added) {
      return Math.min(text.count(), added.count());
    }

    @Override
    public boolean isWorthwhile(TokenHashes added) {
      return 2 * shorterCount(added) >= Math.max(text.count(), added.count());
    }

    @Override
    public boolean isNear(TokenHashes added) {
      return order.sharesAtLeast(IN_ORDER.minCommonHashes(shorterCount(added)), added.hashes());
    }
  }

  private static final class ShingleComparison implements Comparison {

    private final TokenHashes text;

    /**
     * The sorted shingles, which are created on first use, since most texts are compared with few
     * others.
     */
    private int[] sorted = {};

    ShingleComparison(TokenHashes text) {
      this.text = text;
    }

    @Override
    public boolean isWorthwhile(TokenHashes added) {
      return text.count() >= NearTexts.INSIDE * added.count();
    }

    @Override
    public boolean isNear(TokenHashes added) {
      if (sorted.length == 0) {
        sorted = text.shingles();
        Arrays.sort(sorted);
      }
      int[] wanted = added.shingles();
      long has =
          IntStream.of(wanted).filter(each -> Arrays.binarySearch(sorted, each) >= 0).count();
      return has >= INSIDE.minCommonHashes(wanted.length);
    }
  }
}
