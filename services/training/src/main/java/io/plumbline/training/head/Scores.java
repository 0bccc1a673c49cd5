package io.plumbline.training.head;

import java.util.ArrayList;
import java.util.List;

/**
 * The scores of a head on examples.
 *
 * @param loss mean cross-entropy in nats
 * @param macroF1 mean F1 of the classes that occur among the examples or the answers
 * @param f1 per class; {@code NaN} for a class that occurs in neither
 */
public record Scores(double loss, double accuracy, double macroF1, List<Double> f1) {

  public static Scores of(ClassifierHead classifierHead, Examples examples) {
    int classCount = classifierHead.classCount();
    double[] probabilities = new double[classCount];
    int[] hit = new int[classCount];
    int[] answered = new int[classCount];
    double loss = 0;
    for (int i = 0; i < examples.size(); i++) {
      classifierHead.probabilities(examples.vectors(), i * examples.dimensions(), probabilities);
      int truth = examples.classes()[i];
      int answer = indexOfMax(probabilities);
      answered[answer]++;
      if (answer == truth) {
        hit[truth]++;
      }
      loss -= StrictMath.log(Math.max(probabilities[truth], Double.MIN_NORMAL));
    }
    int[] support = examples.examplesPerClass();
    List<Double> f1 = new ArrayList<>(classCount);
    double sum = 0;
    int present = 0;
    int hits = 0;
    for (int k = 0; k < classCount; k++) {
      hits += hit[k];
      double score = f1(hit[k], support[k] + answered[k]);
      f1.add(score);
      if (!Double.isNaN(score)) {
        sum += score;
        present++;
      }
    }
    return new Scores(
        loss / examples.size(), (double) hits / examples.size(), sum / present, List.copyOf(f1));
  }

  private static double f1(int hits, int supportAndAnswers) {
    if (supportAndAnswers == 0) {
      return Double.NaN;
    }
    return 2.0 * hits / supportAndAnswers;
  }

  static int indexOfMax(double[] probabilities) {
    int best = 0;
    for (int k = 1; k < probabilities.length; k++) {
      if (probabilities[k] > probabilities[best]) {
        best = k;
      }
    }
    return best;
  }
}
