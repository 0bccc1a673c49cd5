package io.plumbline.training.head;

import java.util.List;

/**
 * The state that training needs to continue as if it had never stopped. The order of the examples
 * is not part of it, because it follows from the seed and the number of the epoch.
 *
 * @param parameters the parameters of the head after the last finished epoch
 * @param firstMoment the first moment of the optimiser, {@code secondMoment} likewise
 * @param epochs the epochs finished so far, in order
 */
@SuppressWarnings(
    "ArrayRecordComponent") // thousands of parameters, compared by the digest of their bytes
public record TrainingState(
    float[] parameters, float[] firstMoment, float[] secondMoment, List<Epoch> epochs) {

  public TrainingState {
    epochs = List.copyOf(epochs);
  }

  /** Returns the epoch whose checkpoint is the best so far. */
  public Epoch best() {
    Epoch best = epochs.getFirst();
    for (Epoch epoch : epochs) {
      if (epoch.isBetterThan(best)) {
        best = epoch;
      }
    }
    return best;
  }
}
