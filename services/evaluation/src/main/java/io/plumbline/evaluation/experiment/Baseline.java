package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Phase;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A run that was recorded as a baseline: runs that start later may be compared with it. */
public record Baseline(
    UUID baselineId,
    String application,
    Phase phase,
    UUID runId,
    int number,
    String recordedBy,
    Instant recordedAt) {

  /**
   * Returns the baselines that a run may be compared with, the newest first: those of its phase and
   * of earlier phases. A run is never compared with itself, nor with a baseline that was recorded
   * after it started, since that one could have been chosen by its result.
   *
   * @param phase absent for a variant of no phase, which comes after all of them
   * @param newest the number of the newest baseline when the run started; 0 when there was none
   */
  static List<Baseline> comparable(
      List<Baseline> recorded, @Nullable Phase phase, UUID run, int newest) {
    return recorded.stream()
        .filter(baseline -> !baseline.runId().equals(run) && baseline.number() <= newest)
        .filter(baseline -> phase == null || baseline.phase().compareTo(phase) <= 0)
        .sorted(Comparator.comparingInt(Baseline::number).reversed())
        .toList();
  }
}
