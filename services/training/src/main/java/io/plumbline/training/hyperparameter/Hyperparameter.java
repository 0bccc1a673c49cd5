package io.plumbline.training.hyperparameter;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A hyperparameter that a request may set for a training job, with its range and its default. */
public enum Hyperparameter {
  LEARNING_RATE("learningRate", 1e-6, 1, 2e-3, false),
  BATCH_SIZE("batchSize", 1, 1_024, 64, true),
  EPOCHS("epochs", 1, 2_000, 20, true),
  WEIGHT_DECAY("weightDecay", 0, 1, 0.01, false),
  LOGIT_SCALE("logitScale", 0.1, 100, 20, false),
  PATIENCE("patience", 1, 2_000, 5, true),
  MAX_TOKENS("maxTokens", 8, 512, 128, true);

  private final String wireName;
  private final double min;
  private final double max;
  private final double defaultValue;
  private final boolean whole;

  Hyperparameter(String wireName, double min, double max, double defaultValue, boolean whole) {
    this.wireName = wireName;
    this.min = min;
    this.max = max;
    this.defaultValue = defaultValue;
    this.whole = whole;
  }

  public String wireName() {
    return wireName;
  }

  double defaultValue() {
    return defaultValue;
  }

  boolean allows(double value) {
    return value >= min && value <= max && (!whole || value == Math.rint(value));
  }

  String ruleText() {
    if (whole) {
      return "must be a whole number from %.0f to %.0f".formatted(min, max);
    }
    return "must be from %s to %s".formatted(min, max);
  }

  String format(double value) {
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  static Optional<Hyperparameter> of(String wireName) {
    return Arrays.stream(values()).filter(each -> each.wireName.equals(wireName)).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(Hyperparameter::wireName).collect(Collectors.joining(", "));
  }
}
