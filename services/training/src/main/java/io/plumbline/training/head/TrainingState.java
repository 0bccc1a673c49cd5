package io.plumbline.training.head;

import java.util.List;

/**
 * Everything that training needs to continue as if it had never stopped. The order of the examples
 * is not part of it: it follows from the seed and the number of the epoch.
 *
 * @param parameters the head's after the last finished epoch
 * @param firstMoment of the optimiser, {@code secondMoment} likewise
 * @param epochs finished so far, in order
 */
@SuppressWarnings(
    "ArrayRecordComponent") // thousands of parameters, compared by the digest of their bytes
public record TrainingState(
    float[] parameters, float[] firstMoment, float[] secondMoment, List<Epoch> epochs) {

  public TrainingState {
    epochs = List.copyOf(epochs);
  }

  /** The epoch whose checkpoint is the best so far. */
  public Epoch best() {
    Epoch best = epochs.getFirst();
    for (Epoch epoch : epochs) {
      if (epoch.betterThan(best)) {
        best = epoch;
      }
    }
    return best;
  }
}
