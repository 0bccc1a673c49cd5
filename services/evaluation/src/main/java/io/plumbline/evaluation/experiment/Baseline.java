package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Phase;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The run that runs of a phase are compared with, from the moment it is recorded until the next one
 * is.
 */
public record Baseline(
    UUID baselineId,
    String application,
    Phase phase,
    UUID runId,
    int number,
    String recordedBy,
    Instant recordedAt) {

  /**
   * The baselines that a run may be compared with, the preferred one first. For a phase these are
   * its newest baseline, then those of the phases before it; for a release the baseline of the
   * earliest phase, because no later phase may fall behind it. A run is never compared with itself.
   *
   * @param phase absent for a release
   */
  static List<Baseline> preferred(List<Baseline> recorded, @Nullable Phase phase, UUID run) {
    Comparator<Baseline> nearest =
        phase == null
            ? Comparator.comparing(Baseline::phase)
            : Comparator.comparing(Baseline::phase, Comparator.reverseOrder());
    return recorded.stream()
        .filter(baseline -> !baseline.runId().equals(run))
        .filter(baseline -> phase == null || baseline.phase().compareTo(phase) <= 0)
        .sorted(nearest.thenComparing(Baseline::number, Comparator.reverseOrder()))
        .toList();
  }
}
