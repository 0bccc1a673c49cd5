package io.plumbline.training.job;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a person may set about a training run, within which range, and what holds when nothing is
 * set.
 */
public enum Hyperparameter {
  LEARNING_RATE("learningRate", 1e-6, 1, 2e-3, false),
  BATCH_SIZE("batchSize", 1, 1_024, 64, true),
  EPOCHS("epochs", 1, 2_000, 20, true),
  WEIGHT_DECAY("weightDecay", 0, 1, 0.01, false),
  LOGIT_SCALE("logitScale", 0.1, 100, 20, false),
  PATIENCE("patience", 1, 2_000, 5, true),
  MAX_TOKENS("maxTokens", 8, 512, 128, true);

  private final String wireName;
  private final double least;
  private final double most;
  private final double standard;
  private final boolean whole;

  Hyperparameter(String wireName, double least, double most, double standard, boolean whole) {
    this.wireName = wireName;
    this.least = least;
    this.most = most;
    this.standard = standard;
    this.whole = whole;
  }

  public String wireName() {
    return wireName;
  }

  double standard() {
    return standard;
  }

  boolean allows(double value) {
    return value >= least && value <= most && (!whole || value == Math.rint(value));
  }

  String rule() {
    return whole
        ? "must be a whole number from %.0f to %.0f".formatted(least, most)
        : "must be from %s to %s".formatted(least, most);
  }

  String text(double value) {
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  static Optional<Hyperparameter> of(String wireName) {
    return Arrays.stream(values()).filter(each -> each.wireName.equals(wireName)).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(Hyperparameter::wireName).collect(Collectors.joining(", "));
  }
}
