package io.plumbline.strategy.assessment;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person answers about an application. A measurement takes precedence over the answer given
 * here, which is then only stored.
 *
 * @param dataset name of the dataset that would be trained on or retrieved from; its newest version
 *     answers for data availability
 * @param monthlyVolume requests a month; the registered estimate when absent
 * @param triggers circumstances, beyond those that follow from the answers
 */
public record Answers(
    @Nullable DataAvailability dataAvailability,
    @NotNull Specificity specificity,
    @NotNull PerformanceTarget performanceTarget,
    @NotNull Resources resources,
    @Nullable @Size(max = 100) String dataset,
    @Nullable @PositiveOrZero @Max(1_000_000_000_000L) Long monthlyVolume,
    @Nullable @Size(max = 20) Set<@NotNull Trigger> triggers) {

  /** Labelled examples at hand. */
  public enum DataAvailability {
    NONE,
    LIMITED,
    ABUNDANT
  }

  /** What the task needs beyond what a general model knows. */
  public enum Specificity {
    GENERAL,
    KNOWLEDGE,
    SPECIALISED
  }

  /** The required performance; until something is measured it stands for the gap. */
  public enum PerformanceTarget {
    MODERATE,
    HIGH,
    CRITICAL
  }

  /** People, time and money. */
  public enum Resources {
    LIMITED,
    MODERATE,
    AMPLE
  }
}
