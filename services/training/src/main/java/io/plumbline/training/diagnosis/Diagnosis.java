package io.plumbline.training.diagnosis;

import io.plumbline.training.diagnosis.Suggestion.Kind;
import io.plumbline.training.head.Epoch;
import io.plumbline.training.hyperparameter.Hyperparameter;
import io.plumbline.training.hyperparameter.HyperparameterConfiguration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Diagnoses a finished run by simple rules. Their thresholds are rules of thumb, not statistical
 * tests, so each finding shows its numbers.
 */
public final class Diagnosis {

  /** The training accuracy minus the validation accuracy above which a run is taken to overfit. */
  private static final double MAX_ACCURACY_GAP = 0.05;

  /** The ratio of the last validation loss to the best epoch's that shows too long a training. */
  private static final double MAX_LOSS_RATIO = 1.1;

  /** The training accuracy below which the head has not learned its training rows. */
  private static final double MIN_TRAIN_ACCURACY = 0.9;

  /** The share of suspicious training rows above which they are worth a review. */
  private static final double MAX_SUSPECT_SHARE = 0.02;

  /** The distance by which a label's F1 may be below the mean of all labels. */
  private static final double MAX_F1_DEFICIT = 0.15;

  private Diagnosis() {}

  /** The metrics that the rules read. */
  public record Evidence(
      Epoch best,
      Epoch last,
      Map<String, Double> validationF1,
      Map<String, Integer> trainRows,
      int suspectCount) {}

  public static List<Suggestion> of(Evidence run, HyperparameterConfiguration used) {
    List<Suggestion> found = new ArrayList<>();
    findOverfitting(run, used, found);
    findUnderfitting(run, used, found);
    findLabelNoise(run, found);
    findDataGaps(run, found);
    if (found.isEmpty()) {
      found.add(
          new Suggestion(
              Kind.NONE,
              String.format(
                  Locale.ROOT,
                  "Training accuracy %.3f and validation accuracy %.3f are close; %s.",
                  run.best.trainAccuracy(),
                  run.best.validationAccuracy(),
                  lossText(run)),
              "No other job is suggested for this data; judge the model by an evaluation run on"
                  + " held-out rows.",
              Map.of()));
    }
    return List.copyOf(found);
  }

  private static String lossText(Evidence run) {
    return String.format(
        Locale.ROOT,
        "validation loss %.3f at epoch %d, %.3f at epoch %d",
        run.best.validationLoss(),
        run.best.number(),
        run.last.validationLoss(),
        run.last.number());
  }

  private static void findOverfitting(
      Evidence run, HyperparameterConfiguration used, List<Suggestion> found) {
    double gap = run.best.trainAccuracy() - run.best.validationAccuracy();
    double rise = run.last.validationLoss() / run.best.validationLoss();
    if (gap > MAX_ACCURACY_GAP || rise > MAX_LOSS_RATIO) {
      found.add(
          new Suggestion(
              Kind.OVERFITTING,
              String.format(
                  Locale.ROOT,
                  "Training accuracy %.3f against %.3f on validation rows; %s.",
                  run.best.trainAccuracy(),
                  run.best.validationAccuracy(),
                  lossText(run)),
              "Regularise more and stop earlier, or add training rows.",
              Map.of(
                  Hyperparameter.WEIGHT_DECAY.wireName(),
                  Math.min(1, Math.max(0.01, used.weightDecay() * 10)),
                  Hyperparameter.EPOCHS.wireName(),
                  (double) Math.max(1, run.best.number()))));
    }
  }

  private static void findUnderfitting(
      Evidence run, HyperparameterConfiguration used, List<Suggestion> found) {
    boolean stillRising =
        run.best.number() == run.last.number() && run.last.number() == used.epochs();
    if (run.best.trainAccuracy() < MIN_TRAIN_ACCURACY && stillRising) {
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

  private static void findLabelNoise(Evidence run, List<Suggestion> found) {
    int rows = sum(run.trainRows.values());
    if (run.suspectCount > MAX_SUSPECT_SHARE * rows) {
      found.add(
          new Suggestion(
              Kind.LABEL_NOISE,
              String.format(
                  Locale.ROOT,
                  "%d of %d training rows (%.1f%%) have a label to which the trained head gives a"
                      + " probability below 10%%.",
                  run.suspectCount,
                  rows,
                  100.0 * run.suspectCount / rows),
              "Review the rows listed as suspects, correct or drop wrong labels, and upload a new"
                  + " dataset version.",
              Map.of()));
    }
  }

  private static void findDataGaps(Evidence run, List<Suggestion> found) {
    run.validationF1.forEach((label, f1) -> {
      if (f1 < run.best.validationMacroF1() - MAX_F1_DEFICIT) {
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
                "Add training rows with this label.",
                Map.of()));
      }
    });
  }

  private static int sum(Collection<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }
}
