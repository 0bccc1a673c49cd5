package io.plumbline.training.head;

/**
 * Embedded texts with their classes. The arrays are shared, not copied, because they are the
 * largest objects in the process.
 *
 * @param vectors one embedding after another, {@code dimensions} values each
 * @param classes the class of each example, {@code 0} to {@code classCount - 1}
 */
@SuppressWarnings(
    "ArrayRecordComponent") // boxed or copied they would not fit; two are never compared
public record Examples(float[] vectors, int[] classes, int dimensions, int classCount) {

  public Examples {
    if (classes.length == 0 || vectors.length != classes.length * dimensions) {
      throw new IllegalArgumentException(
          vectors.length + " values are not " + classes.length + " examples of " + dimensions);
    }
    for (int c : classes) {
      if (c < 0 || c >= classCount) {
        throw new IllegalArgumentException("There is no class " + c + " among " + classCount);
      }
    }
  }

  public int size() {
    return classes.length;
  }

  /** Returns the number of examples of each class. */
  public int[] examplesPerClass() {
    int[] support = new int[classCount];
    for (int c : classes) {
      support[c]++;
    }
    return support;
  }
}
