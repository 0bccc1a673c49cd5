package io.plumbline.training.sweep;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.training.hyperparameter.HyperparameterConfiguration;
import io.plumbline.training.job.TrainingMethod;
import io.plumbline.training.job.TrainingSpec;
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
 * A request to create a sweep.
 *
 * @param hyperparameters the values that all trials share; absent ones take their default value
 * @param grid the values to try, by the name of a hyperparameter
 * @param maxTrials the number of points that are tried; from a larger grid they are drawn at random
 *     by the seed
 * @param metric {@code macro_f1} (when absent) or {@code accuracy}, on the validation subset
 * @param maxComputeSeconds the compute time of all trials together; {@code maxSpend} is for all
 *     trials, too
 */
record CreateSweep(
    @NotBlank(message = "must name a registered application") String application,
    @NotBlank(message = "must name a tunable base model of the catalogue") String baseModel,
    @NotNull(message = "must be the digest of a READY split") Digest splitDigest,
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

  private static final int DEFAULT_TRIALS = 20;

  SweepRequest toRequest() {
    Map<String, @Nullable Double> shared = hyperparameters == null ? Map.of() : hyperparameters;
    HyperparameterConfiguration.of(shared, "/hyperparameters");
    TrainingSpec spec =
        new TrainingSpec(
            application,
            baseModel,
            method == null ? TrainingMethod.HEAD : method,
            splitDigest,
            seed == null ? 1 : seed,
            priority == null ? 0 : priority,
            Caller.current().actor());
    Grid axes = new Grid(grid);
    checkAxes(shared);
    if (axes.size() > Grid.MAX_POINTS) {
      throw Problem.invalid("/grid", "must have at most " + Grid.MAX_POINTS + " combinations");
    }
    List<Trial> trials =
        axes.points(maxTrials == null ? DEFAULT_TRIALS : maxTrials, spec.seed()).stream()
            .map(point ->
                Trial.ofPoint(
                    point, HyperparameterConfiguration.of(withPoint(shared, point), "/grid")))
            .toList();
    return new SweepRequest(spec, axes, trials, taskMetric(), spendCap(), maxComputeSeconds);
  }

  /**
   * Checks every value on its own, before any points are built, so that the problem names the axis.
   */
  private void checkAxes(Map<String, @Nullable Double> shared) {
    for (Map.Entry<String, List<Double>> axis : grid.entrySet()) {
      for (Double value : axis.getValue()) {
        HyperparameterConfiguration.of(withPoint(shared, Map.of(axis.getKey(), value)), "/grid");
      }
    }
  }

  private static Map<String, @Nullable Double> withPoint(
      Map<String, @Nullable Double> shared, Map<String, Double> point) {
    Map<String, @Nullable Double> merged = new HashMap<>(shared);
    merged.putAll(point);
    return merged;
  }

  private SweepMetric taskMetric() {
    if (metric == null) {
      return SweepMetric.MACRO_F1;
    }
    return SweepMetric.of(metric)
        .orElseThrow(() -> Problem.invalid("/metric", "must be macro_f1 or accuracy"));
  }

  private @Nullable BigDecimal spendCap() {
    if (maxSpend != null
        && (!maxSpend.currency().equals("USD") || maxSpend.amount().signum() <= 0)) {
      throw Problem.invalid("/maxSpend", "must be an amount of more than 0 USD");
    }
    return maxSpend == null ? null : maxSpend.amount();
  }
}
