package io.plumbline.evaluation.metric;

import java.util.Arrays;

/**
 * The cells of a table that have rows, with new numbers. A paired table of 150 labels has 3.4
 * million cells, of which the rows of a suite fill a few hundred.
 */
final class OccupiedCells {

  private final int[] cells;
  private final int[] ofRow;

  private OccupiedCells(int[] cells, int[] ofRow) {
    this.cells = cells;
    this.ofRow = ofRow;
  }

  static OccupiedCells of(int[] cellOfRow) {
    int[] cells = Arrays.stream(cellOfRow).distinct().sorted().toArray();
    return new OccupiedCells(
        cells, Arrays.stream(cellOfRow).map(cell -> Arrays.binarySearch(cells, cell)).toArray());
  }

  int size() {
    return cells.length;
  }

  /** Returns the new number of each row's cell. */
  int[] cellNumbersByRow() {
    return ofRow;
  }

  /** Returns the number that an occupied cell has in the whole table. */
  int tableCell(int occupied) {
    return cells[occupied];
  }
}
