package io.plumbline.training.job;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.training.hyperparameter.HyperparameterConfiguration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to create a training job.
 *
 * @param application the application, whose fine-tuning phase must be open
 * @param hyperparameters values by name: learningRate, batchSize, epochs, weightDecay, logitScale,
 *     patience, maxTokens; absent ones take their default value
 * @param seed the seed of the order of the examples; 1 when absent
 * @param priority the priority of the job; a higher one runs first; 0 when absent
 * @param maxSpend the cost in USD above which the job stops
 */
record CreateTrainingJob(
    @NotBlank(message = "must name a registered application") String application,
    @NotBlank(message = "must name a tunable base model of the catalogue") String baseModel,
    @NotNull(message = "must be the digest of a READY split") Digest splitDigest,
    @Nullable TrainingMethod method,
    @Nullable Map<String, @Nullable Double> hyperparameters,
    @Nullable Long seed,
    @Nullable
        @Min(value = -100, message = "must be from -100 to 100")
        @Max(value = 100, message = "must be from -100 to 100")
        Integer priority,
    @Nullable Money maxSpend) {

  TrainingRequest toRequest() {
    return new TrainingRequest(
        new TrainingSpec(
            application,
            baseModel,
            method == null ? TrainingMethod.HEAD : method,
            splitDigest,
            seed == null ? 1 : seed,
            priority == null ? 0 : priority,
            Caller.current().actor()),
        HyperparameterConfiguration.of(
            hyperparameters == null ? Map.of() : hyperparameters, "/hyperparameters"),
        spendCap(maxSpend),
        null);
  }

  static @Nullable BigDecimal spendCap(@Nullable Money maxSpend) {
    if (maxSpend == null) {
      return null;
    }
    if (!maxSpend.currency().equals("USD")
        || maxSpend.amount().signum() <= 0
        || maxSpend.amount().compareTo(new BigDecimal("100000")) > 0) {
      throw Problem.invalid("/maxSpend", "must be more than 0 and at most 100000 USD");
    }
    return maxSpend.amount();
  }
}
