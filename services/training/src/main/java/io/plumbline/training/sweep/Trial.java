package io.plumbline.training.sweep;

import io.plumbline.contracts.state.JobState;
import io.plumbline.training.hyperparameter.HyperparameterConfiguration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A trial of a point of the grid, with its job.
 *
 * @param point the hyperparameters of the grid, which differ between trials
 * @param jobId the job; absent until the trial is submitted
 * @param value the value of the metric; absent until the trial has succeeded
 * @param loss the validation loss, which decides between equal values
 */
public record Trial(
    Map<String, Double> point,
    HyperparameterConfiguration configuration,
    @Nullable UUID jobId,
    @Nullable JobState state,
    @Nullable Double value,
    @Nullable Double loss) {

  public static Trial ofPoint(
      Map<String, Double> point, HyperparameterConfiguration hyperparameterConfiguration) {
    return new Trial(point, hyperparameterConfiguration, null, null, null, null);
  }

  Trial withJob(UUID job) {
    return new Trial(point, configuration, job, JobState.QUEUED, null, null);
  }

  Trial withEnd(JobState how, @Nullable Double reached, @Nullable Double validationLoss) {
    return new Trial(point, configuration, jobId, how, reached, validationLoss);
  }

  boolean isBetterThan(Trial other) {
    if (value == null || loss == null) {
      return false;
    }
    if (other.value == null || other.loss == null) {
      return true;
    }
    int byValue = Double.compare(value, other.value);
    return byValue > 0 || (byValue == 0 && loss < other.loss);
  }
}
