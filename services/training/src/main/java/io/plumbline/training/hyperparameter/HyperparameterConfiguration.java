package io.plumbline.training.hyperparameter;

import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.training.head.HeadHyperparameters;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A complete set of hyperparameters, each within its range. */
public record HyperparameterConfiguration(
    double learningRate,
    int batchSize,
    int epochs,
    double weightDecay,
    double logitScale,
    int patience,
    int maxTokens) {

  /**
   * Returns the configuration that a request describes.
   *
   * @param requested values by wire name; a hyperparameter that is not named takes its default
   * @param pointer the JSON Pointer of the object in the request, for the problem of a bad value
   * @throws Problem 400 for unknown hyperparameters and values out of range
   */
  public static HyperparameterConfiguration of(
      Map<String, @Nullable Double> requested, String pointer) {
    Problem problem =
        new Problem(CommonProblem.INVALID, "Correct the hyperparameters listed in errors.");
    boolean valid = true;
    Map<Hyperparameter, Double> values = new EnumMap<>(Hyperparameter.class);
    for (Hyperparameter each : Hyperparameter.values()) {
      values.put(each, each.defaultValue());
    }
    for (Map.Entry<String, @Nullable Double> entry : requested.entrySet()) {
      Hyperparameter known = Hyperparameter.of(entry.getKey()).orElse(null);
      Double value = entry.getValue();
      if (known == null) {
        problem.withFieldError(
            pointer + "/" + entry.getKey(),
            "is not a hyperparameter; use one of " + Hyperparameter.names());
        valid = false;
      } else if (value == null || !known.allows(value)) {
        problem.withFieldError(pointer + "/" + entry.getKey(), known.ruleText());
        valid = false;
      } else {
        values.put(known, value);
      }
    }
    if (!valid) {
      throw problem;
    }
    return new HyperparameterConfiguration(
        valueOf(values, Hyperparameter.LEARNING_RATE),
        (int) valueOf(values, Hyperparameter.BATCH_SIZE),
        (int) valueOf(values, Hyperparameter.EPOCHS),
        valueOf(values, Hyperparameter.WEIGHT_DECAY),
        valueOf(values, Hyperparameter.LOGIT_SCALE),
        (int) valueOf(values, Hyperparameter.PATIENCE),
        (int) valueOf(values, Hyperparameter.MAX_TOKENS));
  }

  private static double valueOf(Map<Hyperparameter, Double> values, Hyperparameter which) {
    return values.getOrDefault(which, which.defaultValue());
  }

  public Map<String, Double> values() {
    return new TreeMap<>(
        Map.of(
            Hyperparameter.LEARNING_RATE.wireName(),
            learningRate,
            Hyperparameter.BATCH_SIZE.wireName(),
            (double) batchSize,
            Hyperparameter.EPOCHS.wireName(),
            (double) epochs,
            Hyperparameter.WEIGHT_DECAY.wireName(),
            weightDecay,
            Hyperparameter.LOGIT_SCALE.wireName(),
            logitScale,
            Hyperparameter.PATIENCE.wireName(),
            (double) patience,
            Hyperparameter.MAX_TOKENS.wireName(),
            (double) maxTokens));
  }

  /** Returns the values as texts, which is how events carry them. */
  public Map<String, String> textValues() {
    Map<String, String> texts = new TreeMap<>();
    Map<String, Double> values = values();
    for (Hyperparameter each : Hyperparameter.values()) {
      texts.put(
          each.wireName(), each.format(values.getOrDefault(each.wireName(), each.defaultValue())));
    }
    return texts;
  }

  public HeadHyperparameters headHyperparameters() {
    return new HeadHyperparameters(
        learningRate, batchSize, epochs, weightDecay, logitScale, patience);
  }
}
