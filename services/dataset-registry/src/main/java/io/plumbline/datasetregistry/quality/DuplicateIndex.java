package io.plumbline.datasetregistry.quality;

import io.plumbline.platform.similarity.MinHash;
import io.plumbline.platform.similarity.NearPairs;
import io.plumbline.platform.similarity.NormalText;
import io.plumbline.platform.similarity.TokenHashes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Finds duplicate rows. While rows are added, it finds those that are equal after normalisation. At
 * the end it joins near-duplicates among the distinct texts to clusters: texts that resemble each
 * other, and texts of which one contains the other, or was padded or cut to make it, because
 * evaluation treats these as the same ({@link NearPairs}).
 *
 * <p>Resemblance is estimated by MinHash signatures in 25 bands of 5 (Leskovec, Rajaraman, Ullman,
 * chapter 3); the whole signature confirms the candidates. At the threshold of 0.8 a pair shares a
 * band with probability {@code 1-(1-0.8^5)^25 > 0.9999}.
 *
 * <p>The index is deterministic: the same rows in the same order give the same clusters. Empty
 * texts are never duplicates.
 */
public final class DuplicateIndex implements AutoCloseable {

  public static final double THRESHOLD = 0.8;

  private static final int BANDS = 25;
  private static final int BAND_ROWS = MinHash.SIZE / BANDS;
  private static final int NONE = -1;

  /**
   * The maximum number of texts of one bucket with which a further text is compared. Without it, a
   * bucket of a million near-misses would cost a million squared comparisons.
   */
  private static final int MAX_COMPARED = 8;

  private static final int ROW_BITS = 24;

  /**
   * The maximum number of rows. A bucket's hash shares a {@code long} with the number of the text;
   * see {@link #linkResembling}.
   */
  public static final int MAX_ROWS = 1 << ROW_BITS;

  private final SignatureTable distinct;
  private final TokenHashFile tokenHashes;
  private final int[] signature = new int[MinHash.SIZE];

  /** A hash table with open addressing over the keys in {@link #distinct}. */
  private int[] slots = new int[1 << 12];

  /**
   * The number of each row's distinct text, or NONE for an empty text. {@link #firstRow} has the
   * first row of each distinct text.
   */
  private int[] textOfRow = new int[1 << 10];

  private int[] firstRow = new int[1 << 10];
  private int rows;

  public DuplicateIndex(Path directory) throws IOException {
    distinct = new SignatureTable(directory);
    tokenHashes = new TokenHashFile(directory);
    Arrays.fill(slots, NONE);
  }

  /**
   * Adds the next row and returns the first row with the same normalised text, which is the row
   * itself if no earlier one has it.
   */
  public int add(NormalText text) {
    if (rows == MAX_ROWS) {
      throw new IllegalStateException("A version has at most " + MAX_ROWS + " rows");
    }
    textOfRow = grow(textOfRow, rows);
    int row = rows++;
    if (text.isEmpty()) {
      textOfRow[row] = NONE;
      return row;
    }
    NormalText.Key key = text.key();
    int slot = slotOf(key);
    if (slots[slot] == NONE) {
      TokenHashes hashes = TokenHashes.of(text, MinHash.MAX_WORDS);
      MinHash.signature(hashes, signature);
      int added = distinct.add(key, signature);
      keepHashes(hashes);
      firstRow = grow(firstRow, added);
      firstRow[added] = row;
      slots[slot] = added;
      textOfRow[row] = added;
      if (distinct.size() * 2L > slots.length) {
        rehash();
      }
      return row;
    }
    textOfRow[row] = slots[slot];
    return firstRow[slots[slot]];
  }

  private void keepHashes(TokenHashes text) {
    try {
      tokenHashes.add(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int slotOf(NormalText.Key key) {
    int slot = (int) key.high() & slots.length - 1;
    while (slots[slot] != NONE && !distinct.hasKey(slots[slot], key)) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private void rehash() {
    slots = new int[slots.length * 2];
    Arrays.fill(slots, NONE);
    for (int text = 0; text < distinct.size(); text++) {
      int slot = (int) distinct.keyHigh(text) & slots.length - 1;
      while (slots[slot] != NONE) {
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = text;
    }
  }

  private static int[] grow(int[] values, int wanted) {
    return wanted < values.length ? values : Arrays.copyOf(values, values.length * 2);
  }

  /** Clusters all rows added so far. */
  public DuplicateClusters cluster() {
    DisjointSets sets = new DisjointSets(distinct.size());
    linkResembling(sets);
    linkContained(sets);
    int[] exact = new int[rows];
    int[] near = new int[rows];
    for (int row = 0; row < rows; row++) {
      int text = textOfRow[row];
      if (text == NONE) {
        exact[row] = row;
        near[row] = row;
      } else {
        exact[row] = firstRow[text];
        near[row] = firstRow[sets.representative(text)];
      }
    }
    return new DuplicateClusters(exact, near);
  }

  private void linkResembling(DisjointSets sets) {
    int texts = distinct.size();
    long[] buckets = new long[texts];
    for (int band = 0; band < BANDS; band++) {
      // Each long has 40 bits of the bucket's hash above 24 bits of the text's number, so sorting
      // puts a bucket's members side by side, in order.
      for (int text = 0; text < texts; text++) {
        buckets[text] = distinct.bandHash(text, band * BAND_ROWS, BAND_ROWS) << ROW_BITS | text;
      }
      Arrays.sort(buckets);
      int from = 0;
      for (int to = 1; to <= texts; to++) {
        if (to == texts || buckets[to] >>> ROW_BITS != buckets[from] >>> ROW_BITS) {
          linkBucket(buckets, from, to, sets);
          from = to;
        }
      }
    }
  }

  private void linkBucket(long[] buckets, int from, int to, DisjointSets sets) {
    int[] compared = new int[Math.min(MAX_COMPARED, to - from)];
    int count = 0;
    for (int i = from; i < to; i++) {
      int text = (int) (buckets[i] & MAX_ROWS - 1);
      boolean linked = false;
      for (int j = 0; j < count && !linked; j++) {
        linked =
            sets.representative(compared[j]) == sets.representative(text)
                || distinct.similarity(compared[j], text) >= THRESHOLD;
        if (linked) {
          sets.union(compared[j], text);
        }
      }
      if (!linked && count < compared.length) {
        compared[count++] = text;
      }
    }
  }

  private void linkContained(DisjointSets sets) {
    try {
      new NearPairs(tokenHashes.texts(), sets).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the estimated resemblance of the texts of two non-empty rows. */
  public double similarity(int left, int right) {
    return distinct.similarity(textOfRow[left], textOfRow[right]);
  }

  @Override
  public void close() throws IOException {
    try (tokenHashes) {
      distinct.close();
    }
  }
}
