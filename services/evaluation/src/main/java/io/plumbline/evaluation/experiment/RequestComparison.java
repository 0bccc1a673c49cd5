package io.plumbline.evaluation.experiment;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request to compute a comparison.
 *
 * @param baselineRunId a recorded baseline of the application, or a run over validation rows
 * @param runIds the candidates; the component that each adds is that of its run
 * @param ablation whether the baseline and the candidates, in their order, form a chain in which
 *     each step adds one component
 */
record RequestComparison(
    @NotBlank @Size(max = 100) String application,
    @NotNull UUID baselineRunId,
    @NotEmpty @Size(max = 20) List<@NotNull UUID> runIds,
    @Nullable Boolean ablation,
    @Nullable Long seed) {

  long seedOrDefault() {
    return Objects.requireNonNullElse(seed, 1L);
  }
}
