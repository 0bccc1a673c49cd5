package io.plumbline.training.sweep;

import io.plumbline.training.job.TrainingResult;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/** The metrics by which trials are compared, measured on the validation subset. */
public enum TaskMetric {
  MACRO_F1(TrainingResult.MACRO_F1),
  ACCURACY(TrainingResult.ACCURACY);

  private final String wireName;

  TaskMetric(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  OptionalDouble valueIn(TrainingResult result) {
    Double value = result.metrics().get(wireName);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  public static Optional<TaskMetric> of(String wireName) {
    return Arrays.stream(values()).filter(each -> each.wireName.equals(wireName)).findFirst();
  }
}
