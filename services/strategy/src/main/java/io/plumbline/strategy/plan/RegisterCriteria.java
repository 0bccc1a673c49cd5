package io.plumbline.strategy.plan;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Criteria of success for an application. */
record RegisterCriteria(@NotEmpty @Size(max = 20) List<@NotNull @Valid Entry> criteria) {

  /** One criterion; no margin means that no loss against the baseline is accepted. */
  record Entry(
      @NotBlank @Size(max = 100) String metric,
      @NotNull MetricKind kind,
      @NotNull Direction direction,
      @NotNull Double threshold,
      @Nullable Double margin,
      @NotNull @Positive @Max(CriteriaSet.MAX_SAMPLE) Integer sampleSize) {

    Criterion criterion() {
      return new Criterion(
          metric, kind, direction, threshold, margin == null ? 0 : margin, sampleSize);
    }
  }

  List<Criterion> all() {
    return criteria.stream().map(Entry::criterion).toList();
  }
}
