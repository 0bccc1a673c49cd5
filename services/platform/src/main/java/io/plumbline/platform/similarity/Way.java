package io.plumbline.platform.similarity;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The two ways in which a text is near an added one; see {@link NearTexts}. */
enum Way {
  IN_ORDER(NearTexts.IN_ORDER) {
    @Override
    boolean finds(Units added) {
      return searches(added);
    }

    @Override
    boolean searches(Units text) {
      return text.count() <= NearTexts.MOST_ORDERED && text.words() >= NearTexts.LEAST_WORDS;
    }

    @Override
    int[] hashes(Units text) {
      return text.hashes();
    }

    @Override
    Comparison comparison(Units text) {
      return new OrderComparison(text);
    }
  },

  INSIDE(NearTexts.INSIDE) {
    @Override
    boolean finds(Units added) {
      return added.words() >= NearTexts.LEAST_INSIDE;
    }

    @Override
    boolean searches(Units text) {
      return text.words() >= NearTexts.LEAST_WORDS;
    }

    @Override
    int[] hashes(Units text) {
      return text.shingles();
    }

    @Override
    Comparison comparison(Units text) {
      return new ShingleComparison(text);
    }
  };

  private final double share;

  Way(double share) {
    this.share = share;
  }

  /** Whether an added text is looked for. */
  abstract boolean finds(Units added);

  /** Whether added texts are looked for in it. */
  abstract boolean searches(Units text);

  /** What the text has to have in common with others. */
  abstract int[] hashes(Units text);

  abstract Comparison comparison(Units text);

  /** How many of so many hashes a text that is near has at least. */
  int needed(int hashes) {
    return (int) Math.ceil(share * hashes - 1e-9);
  }

  /** How many of so many hashes a text that is near may lack. */
  int missing(int hashes) {
    return hashes - needed(hashes);
  }

  /** Compares one text with added ones in full. */
  interface Comparison {

    /** Whether it is to be done at all, at a glance. */
    boolean isWorthwhile(Units added);

    boolean isNear(Units added);
  }

  private static final class OrderComparison implements Comparison {

    private final Units text;
    private final CommonOrder order;

    OrderComparison(Units text) {
      this.text = text;
      this.order = new CommonOrder(text.hashes());
    }

    private int shorter(Units added) {
      return Math.min(text.count(), added.count());
    }

    @Override
    public boolean isWorthwhile(Units added) {
      return 2 * shorter(added) >= Math.max(text.count(), added.count());
    }

    @Override
    public boolean isNear(Units added) {
      return order.has(IN_ORDER.needed(shorter(added)), added.hashes());
    }
  }

  private static final class ShingleComparison implements Comparison {

    private final Units text;

    /** Not made before it is needed, since most texts are compared with few others. */
    private int[] sorted = {};

    ShingleComparison(Units text) {
      this.text = text;
    }

    @Override
    public boolean isWorthwhile(Units added) {
      return text.count() >= NearTexts.INSIDE * added.count();
    }

    @Override
    public boolean isNear(Units added) {
      if (sorted.length == 0) {
        sorted = text.shingles();
        Arrays.sort(sorted);
      }
      int[] wanted = added.shingles();
      long has =
          IntStream.of(wanted).filter(each -> Arrays.binarySearch(sorted, each) >= 0).count();
      return has >= INSIDE.needed(wanted.length);
    }
  }
}
