package io.plumbline.datasetregistry.quality;

/** The groups of duplicate rows: each group is named by its first row. */
public final class Clusters {

  private final int[] exact;
  private final int[] near;

  Clusters(int[] exact, int[] near) {
    this.exact = exact;
    this.near = near;
  }

  public int size() {
    return exact.length;
  }

  /** The first row with the same text after normalisation. */
  public int exact(int row) {
    return exact[row];
  }

  /** The first row of those connected by equality or near-duplicates. */
  public int near(int row) {
    return near[row];
  }

  public boolean isExactDuplicate(int row) {
    return exact[row] != row;
  }

  /**
   * Whether an earlier row, of another text, is nearly the same. Rows that are exact duplicates do
   * not count.
   */
  public boolean isNearDuplicate(int row) {
    return exact[row] == row && near[row] != row;
  }
}
