package io.plumbline.datasetregistry.quality;

/** The groups of duplicate rows. Each group is identified by its first row. */
public final class DuplicateClusters {

  private final int[] exact;
  private final int[] near;

  DuplicateClusters(int[] exact, int[] near) {
    this.exact = exact;
    this.near = near;
  }

  public int size() {
    return exact.length;
  }

  /** Returns the first row with the same text after normalisation. */
  public int firstEqualRow(int row) {
    return exact[row];
  }

  /** Returns the first of the rows that are connected with a row by equality or near-duplicates. */
  public int firstConnectedRow(int row) {
    return near[row];
  }

  public boolean isExactDuplicate(int row) {
    return exact[row] != row;
  }

  /**
   * Returns whether the row is connected by near-duplicates to an earlier row with another text. An
   * exact duplicate of an earlier row is never a near-duplicate.
   */
  public boolean isNearDuplicate(int row) {
    return exact[row] == row && near[row] != row;
  }
}
