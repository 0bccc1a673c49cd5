package io.plumbline.training.head;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds training rows whose own label the trained head considers unlikely although it has learned
 * from them. They are candidates for a review. The score is the self-confidence of confident
 * learning (Northcutt et al. 2021).
 */
public final class SuspiciousLabels {

  /**
   * A training row with a suspicious label.
   *
   * @param index the index of the row among the examples
   * @param selfConfidence the probability that the head gives to the row's label
   * @param answer the class that the head predicts
   */
  public record Suspect(int index, double selfConfidence, int answer) {}

  private SuspiciousLabels() {}

  /**
   * @param threshold the largest self-confidence that is suspicious
   */
  public static List<Suspect> find(
      ClassifierHead classifierHead, Examples examples, double threshold) {
    double[] probabilities = new double[classifierHead.classCount()];
    List<Suspect> suspects = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      classifierHead.probabilities(examples.vectors(), i * examples.dimensions(), probabilities);
      double own = probabilities[examples.classes()[i]];
      if (own <= threshold) {
        suspects.add(new Suspect(i, own, Scores.indexOfMax(probabilities)));
      }
    }
    suspects.sort(Comparator.comparingDouble(Suspect::selfConfidence));
    return suspects;
  }
}
