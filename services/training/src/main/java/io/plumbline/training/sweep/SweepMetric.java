package io.plumbline.training.sweep;

import io.plumbline.training.job.TrainingResult;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/** The metrics by which trials are compared, measured on the validation subset. */
public enum SweepMetric {
  MACRO_F1(TrainingResult.MACRO_F1),
  ACCURACY(TrainingResult.ACCURACY);

  private final String wireName;

  SweepMetric(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  OptionalDouble valueIn(TrainingResult result) {
    Double value = result.metrics().get(wireName);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  public static Optional<SweepMetric> of(String wireName) {
    return Arrays.stream(values()).filter(each -> each.wireName.equals(wireName)).findFirst();
  }
}
