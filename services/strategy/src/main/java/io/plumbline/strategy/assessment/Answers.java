package io.plumbline.strategy.assessment;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person's answers about an application. A measurement takes precedence over an answer, which is
 * then merely stored.
 *
 * @param dataset the name of the dataset that would be used for training or retrieval; its newest
 *     version determines the data availability
 * @param monthlyVolume the number of requests a month; the registered estimate if absent
 * @param triggers circumstances in addition to those that follow from the answers
 */
public record Answers(
    @Nullable DataAvailability dataAvailability,
    @NotNull Specificity specificity,
    @NotNull PerformanceTarget performanceTarget,
    @NotNull Resources resources,
    @Nullable @Size(max = 100) String dataset,
    @Nullable @PositiveOrZero @Max(1_000_000_000_000L) Long monthlyVolume,
    @Nullable @Size(max = 20) Set<@NotNull DecisionFactor> triggers) {

  /** The amount of labelled examples at hand. */
  public enum DataAvailability {
    NONE,
    LIMITED,
    ABUNDANT
  }

  /** The knowledge that the task needs beyond that of a general model. */
  public enum Specificity {
    GENERAL,
    KNOWLEDGE,
    SPECIALISED
  }

  /** The required performance, from which the gap is estimated until something is measured. */
  public enum PerformanceTarget {
    MODERATE,
    HIGH,
    CRITICAL
  }

  /** The people, time and money that are available. */
  public enum Resources {
    LIMITED,
    MODERATE,
    AMPLE
  }
}
