package io.plumbline.contracts;

import io.plumbline.contracts.state.JobState;
import io.plumbline.contracts.state.RunOutcome;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events published by {@code training}. */
@EventSource("training")
public sealed interface TrainingEvent extends Event {

  @EventType("job.changed")
  record JobChanged(
      UUID jobId,
      String application,
      String baseModel,
      String method,
      Digest splitDigest,
      JobState state,
      int attempt,
      @Nullable String reason)
      implements TrainingEvent {}

  /**
   * A training job has ended.
   *
   * @param artifactDigest blob of the trained artifact; absent unless SUCCEEDED
   * @param metrics validation metrics of the chosen checkpoint
   * @param author the person who requested the training
   * @param authors the author and the authors of the dataset; absent in events from before they
   *     were computed
   */
  @EventType("job.finished")
  record JobFinished(
      UUID jobId,
      String application,
      String baseModel,
      String method,
      RunOutcome outcome,
      Digest datasetDigest,
      Digest splitDigest,
      @Nullable Digest artifactDigest,
      @Nullable Digest checkpointDigest,
      Map<String, String> hyperparameters,
      Map<String, Double> metrics,
      List<String> labels,
      Money cost,
      double computeSeconds,
      String author,
      @Nullable List<String> authors)
      implements TrainingEvent {}

  /**
   * A sweep has started. Each trial is a job with events of its own. {@code sweep.finished} follows
   * if at least one trial succeeds.
   */
  @EventType("sweep.started")
  record SweepStarted(
      UUID sweepId,
      String application,
      String baseModel,
      String method,
      Digest splitDigest,
      int trials,
      long seed)
      implements TrainingEvent {}

  @EventType("sweep.finished")
  record SweepFinished(
      UUID sweepId,
      String application,
      int trials,
      UUID bestJobId,
      Map<String, String> bestConfiguration,
      String metric,
      double value)
      implements TrainingEvent {}
}
