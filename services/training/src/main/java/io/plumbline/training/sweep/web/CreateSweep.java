package io.plumbline.training.sweep.web;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.training.job.Configuration;
import io.plumbline.training.job.TrainingMethod;
import io.plumbline.training.job.TrainingRequest;
import io.plumbline.training.sweep.Grid;
import io.plumbline.training.sweep.SweepRequest;
import io.plumbline.training.sweep.TaskMetric;
import io.plumbline.training.sweep.Trial;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param hyperparameters what all trials share; absent ones take their standard value
 * @param grid values to try, by the name of a hyperparameter
 * @param maxTrials how many points are tried; from a larger grid they are drawn at random, by the
 *     seed
 * @param metric {@code macro_f1} (when absent) or {@code accuracy}, on the validation part
 * @param maxComputeSeconds for all trials together, {@code maxSpend} likewise
 */
record CreateSweep(
    @NotBlank(message = "must name an application; nothing is trained for none") String application,
    @NotBlank(message = "must name a tunable base model of the catalogue") String baseModel,
    @NotNull(message = "must be the digest of a split") Digest splitDigest,
    @Nullable TrainingMethod method,
    @Nullable Map<String, @Nullable Double> hyperparameters,
    @NotEmpty(message = "must have values for at least one hyperparameter")
        Map<
                String,
                @NotEmpty(message = "must have at least one value")
                    @Size(max = 50, message = "must have at most 50 values") List<
                    @NotNull(message = "must be a number") Double>>
            grid,
    @Nullable
        @Min(value = 1, message = "must be from 1 to 200")
        @Max(value = 200, message = "must be from 1 to 200")
        Integer maxTrials,
    @Nullable String metric,
    @Nullable Long seed,
    @Nullable
        @Min(value = -100, message = "must be from -100 to 100")
        @Max(value = 100, message = "must be from -100 to 100")
        Integer priority,
    @Nullable Money maxSpend,
    @Nullable @Positive(message = "must be more than 0") Double maxComputeSeconds) {

  private static final int STANDARD_TRIALS = 20;
  private static final int MOST_POINTS = 10_000;

  SweepRequest toRequest() {
    Map<String, @Nullable Double> shared = hyperparameters == null ? Map.of() : hyperparameters;
    Configuration base = Configuration.of(shared, "/hyperparameters");
    long order = seed == null ? 1 : seed;
    TrainingRequest common =
        new TrainingRequest(
            application,
            baseModel,
            method == null ? TrainingMethod.HEAD : method,
            splitDigest,
            base,
            order,
            priority == null ? 0 : priority,
            null,
            null,
            Caller.current().actor());
    checkAxes(shared);
    Grid axes = new Grid(grid);
    List<Trial> trials =
        axes.points(maxTrials == null ? STANDARD_TRIALS : maxTrials, order).stream()
            .map(point -> Trial.waiting(point, Configuration.of(merged(shared, point), "/grid")))
            .toList();
    return new SweepRequest(common, axes, trials, taskMetric(), cap(), maxComputeSeconds);
  }

  /**
   * Every value by itself, so that the problem names the axis; only then are there points to make.
   */
  private void checkAxes(Map<String, @Nullable Double> shared) {
    double points = 1;
    for (Map.Entry<String, List<Double>> axis : grid.entrySet()) {
      for (Double value : axis.getValue()) {
        Configuration.of(merged(shared, Map.of(axis.getKey(), value)), "/grid");
      }
      points *= axis.getValue().size();
    }
    if (points > MOST_POINTS) {
      throw Problem.invalid("/grid", "must have at most " + MOST_POINTS + " combinations");
    }
  }

  private static Map<String, @Nullable Double> merged(
      Map<String, @Nullable Double> shared, Map<String, Double> point) {
    Map<String, @Nullable Double> merged = new HashMap<>(shared);
    merged.putAll(point);
    return merged;
  }

  private TaskMetric taskMetric() {
    if (metric == null) {
      return TaskMetric.MACRO_F1;
    }
    return TaskMetric.of(metric)
        .orElseThrow(() -> Problem.invalid("/metric", "must be macro_f1 or accuracy"));
  }

  private @Nullable BigDecimal cap() {
    if (maxSpend != null
        && (!maxSpend.currency().equals("USD") || maxSpend.amount().signum() <= 0)) {
      throw Problem.invalid("/maxSpend", "must be an amount of more than 0 USD");
    }
    return maxSpend == null ? null : maxSpend.amount();
  }
}
