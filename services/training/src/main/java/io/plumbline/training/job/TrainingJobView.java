package io.plumbline.training.job;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.state.JobState;
import io.plumbline.training.diagnosis.Suggestion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job as the API shows it. */
record TrainingJobView(
    UUID jobId,
    String application,
    String baseModel,
    TrainingMethod method,
    String dataset,
    int datasetVersion,
    Digest splitDigest,
    Map<String, Double> hyperparameters,
    long seed,
    int priority,
    @Nullable Money maxSpend,
    @Nullable UUID sweepId,
    String author,
    JobState state,
    @Nullable String reason,
    int attempt,
    double progress,
    @Nullable Long etaSeconds,
    int embedded,
    int texts,
    int epoch,
    double computeSeconds,
    Money spend,
    List<EpochView> epochs,
    @Nullable ResultView result,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /** A point of the loss curves. */
  record EpochView(
      int epoch,
      double learningRate,
      double trainLoss,
      double trainAccuracy,
      double validationLoss,
      double validationAccuracy,
      double validationMacroF1,
      Digest checkpointDigest) {}

  /** The result of a successful job. */
  record ResultView(
      Digest artifactDigest,
      Digest checkpointDigest,
      int bestEpoch,
      boolean stoppedEarly,
      Map<String, Double> metrics,
      List<String> labels,
      Map<String, Double> validationF1,
      Map<String, Integer> trainRows,
      int suspectCount,
      List<TrainingResult.SuspectRow> suspects,
      List<Suggestion> suggestions) {

    static ResultView from(TrainingResult result) {
      return new ResultView(
          result.artifactDigest(),
          result.checkpointDigest(),
          result.best().number(),
          result.stoppedEarly(),
          result.metrics(),
          result.labels(),
          result.validationF1(),
          result.trainRows(),
          result.suspectCount(),
          result.suspects(),
          result.suggestions());
    }
  }

  static TrainingJobView from(JobReads.Details details) {
    TrainingJob job = details.job();
    JobReads.Progress progress = details.progress();
    TrainingResult result = job.result();
    return new TrainingJobView(
        job.id(),
        job.spec().application(),
        job.spec().baseModel(),
        job.spec().method(),
        job.dataset(),
        job.datasetVersion(),
        job.spec().splitDigest(),
        job.configuration().values(),
        job.spec().seed(),
        job.spec().priority(),
        job.maxSpend() == null ? null : Money.usd(job.maxSpend()),
        job.sweepId(),
        job.spec().author(),
        job.state(),
        job.reason(),
        job.attempt(),
        progressOf(job.state(), progress),
        progress.etaSeconds(),
        progress.embedded(),
        progress.texts(),
        progress.epoch(),
        progress.computeSeconds(),
        progress.spend(),
        details.epochs().stream()
            .map(epoch ->
                new EpochView(
                    epoch.scores().number(),
                    epoch.scores().learningRate(),
                    epoch.scores().trainLoss(),
                    epoch.scores().trainAccuracy(),
                    epoch.scores().validationLoss(),
                    epoch.scores().validationAccuracy(),
                    epoch.scores().validationMacroF1(),
                    epoch.checkpoint()))
            .toList(),
        result == null ? null : ResultView.from(result),
        job.createdAt(),
        job.startedAt(),
        job.finishedAt());
  }

  private static double progressOf(JobState state, JobReads.Progress progress) {
    if (state == JobState.SUCCEEDED) {
      return 1;
    }
    double embedding = progress.texts() == 0 ? 0 : 0.7 * progress.embedded() / progress.texts();
    return embedding + 0.3 * progress.epoch() / progress.epochs();
  }
}
