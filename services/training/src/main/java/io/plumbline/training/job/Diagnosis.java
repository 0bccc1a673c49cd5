package io.plumbline.training.job;

import io.plumbline.training.head.Epoch;
import io.plumbline.training.job.Suggestion.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a finished run by simple rules whose thresholds are rules of thumb, not tests: each finding
 * shows its numbers.
 */
public final class Diagnosis {

  /** Training accuracy beyond validation accuracy that speaks for learning by heart. */
  private static final double GAP = 0.05;

  /** Validation loss at the end, over its best, that speaks for training too long. */
  private static final double RISE = 1.1;

  /** Training accuracy under which the head has not even learned what it saw. */
  private static final double UNLEARNED = 0.9;

  /** Share of training rows under suspicion that is worth a look. */
  private static final double NOISE = 0.02;

  /** F1 of a label below the mean of all that is a gap. */
  private static final double BEHIND = 0.15;

  private Diagnosis() {}

  /** What the rules look at, apart from the epochs. */
  public record Evidence(
      Epoch best,
      Epoch last,
      Map<String, Double> validationF1,
      Map<String, Integer> trainRows,
      int suspectCount) {}

  public static List<Suggestion> of(Evidence run, Configuration used) {
    List<Suggestion> found = new ArrayList<>();
    overfitting(run, used, found);
    underfitting(run, used, found);
    labelNoise(run, found);
    dataGaps(run, found);
    if (found.isEmpty()) {
      found.add(
          new Suggestion(
              Kind.NONE,
              String.format(
                  Locale.ROOT,
                  "Training accuracy %.3f and validation accuracy %.3f are close, and the loss did"
                      + " not rise.",
                  run.best.trainAccuracy(),
                  run.best.validationAccuracy()),
              "Nothing speaks for another job with this data; look at the evaluation on held-out"
                  + " rows.",
              Map.of()));
    }
    return List.copyOf(found);
  }

  private static void overfitting(Evidence run, Configuration used, List<Suggestion> found) {
    double gap = run.best.trainAccuracy() - run.best.validationAccuracy();
    double rise = run.last.validationLoss() / run.best.validationLoss();
    if (gap > GAP || rise > RISE) {
      found.add(
          new Suggestion(
              Kind.OVERFITTING,
              String.format(
                  Locale.ROOT,
                  "Training accuracy %.3f against %.3f on validation rows; validation loss %.3f at"
                      + " epoch %d, %.3f at epoch %d.",
                  run.best.trainAccuracy(),
                  run.best.validationAccuracy(),
                  run.best.validationLoss(),
                  run.best.number(),
                  run.last.validationLoss(),
                  run.last.number()),
              "Regularise more and stop earlier, or bring more rows.",
              Map.of(
                  Hyperparameter.WEIGHT_DECAY.wireName(),
                  Math.min(1, Math.max(0.01, used.weightDecay() * 10)),
                  Hyperparameter.EPOCHS.wireName(),
                  (double) Math.max(1, run.best.number()))));
    }
  }

  private static void underfitting(Evidence run, Configuration used, List<Suggestion> found) {
    boolean stillRising =
        run.best.number() == run.last.number() && run.last.number() == used.epochs();
    if (run.best.trainAccuracy() < UNLEARNED && stillRising) {
      found.add(
          new Suggestion(
              Kind.UNDERFITTING,
              String.format(
                  Locale.ROOT,
                  "Training accuracy is only %.3f and the last epoch, %d, was the best.",
                  run.best.trainAccuracy(),
                  run.last.number()),
              "Train longer or with larger steps.",
              Map.of(
                  Hyperparameter.EPOCHS.wireName(),
                  (double) Math.min(2_000, used.epochs() * 2),
                  Hyperparameter.LEARNING_RATE.wireName(),
                  Math.min(1, used.learningRate() * 2))));
    }
  }

  private static void labelNoise(Evidence run, List<Suggestion> found) {
    int rows = sum(run.trainRows.values());
    if (run.suspectCount > NOISE * rows) {
      found.add(
          new Suggestion(
              Kind.LABEL_NOISE,
              String.format(
                  Locale.ROOT,
                  "%d of %d training rows (%.1f%%) have a label that the head, having seen it,"
                      + " finds less than 10%% likely.",
                  run.suspectCount,
                  rows,
                  100.0 * run.suspectCount / rows),
              "Look at the rows listed as suspects; correct or drop wrong labels, then make a new"
                  + " dataset version.",
              Map.of()));
    }
  }

  private static void dataGaps(Evidence run, List<Suggestion> found) {
    run.validationF1.forEach((label, f1) -> {
      if (f1 < run.best.validationMacroF1() - BEHIND) {
        found.add(
            new Suggestion(
                Kind.DATA_GAP,
                String.format(
                    Locale.ROOT,
                    "Label '%s' reaches F1 %.3f against a mean of %.3f; it has %d of %d training"
                        + " rows.",
                    label,
                    f1,
                    run.best.validationMacroF1(),
                    run.trainRows.getOrDefault(label, 0),
                    sum(run.trainRows.values())),
                "Bring more rows of this label.",
                Map.of()));
      }
    });
  }

  private static int sum(Collection<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }
}
