package io.plumbline.training.job.web;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.training.job.JobReads;
import io.plumbline.training.job.JobState;
import io.plumbline.training.job.Suggestion;
import io.plumbline.training.job.TrainingJob;
import io.plumbline.training.job.TrainingMethod;
import io.plumbline.training.job.TrainingResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job as the API shows it. */
record TrainingJobView(
    UUID id,
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

  /** One point of the loss curves. */
  record EpochView(
      int epoch,
      double learningRate,
      double trainLoss,
      double trainAccuracy,
      double validationLoss,
      double validationAccuracy,
      double validationMacroF1,
      Digest checkpointDigest) {}

  /** What a successful job made. */
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
        job.application(),
        job.baseModel(),
        job.method(),
        job.dataset(),
        job.datasetVersion(),
        job.splitDigest(),
        job.configuration().values(),
        job.seed(),
        job.priority(),
        job.maxSpend() == null ? null : Money.usd(job.maxSpend()),
        job.sweepId(),
        job.author(),
        job.state(),
        job.reason(),
        job.attempt(),
        fraction(job.state(), progress),
        progress.etaSeconds(),
        progress.embedded(),
        progress.texts(),
        progress.epoch(),
        progress.computeSeconds(),
        progress.spend(),
        details.marks().stream()
            .map(mark ->
                new EpochView(
                    mark.scores().number(),
                    mark.scores().learningRate(),
                    mark.scores().trainLoss(),
                    mark.scores().trainAccuracy(),
                    mark.scores().validationLoss(),
                    mark.scores().validationAccuracy(),
                    mark.scores().validationMacroF1(),
                    mark.checkpoint()))
            .toList(),
        result == null ? null : ResultView.from(result),
        job.createdAt(),
        job.startedAt(),
        job.finishedAt());
  }

  private static double fraction(JobState state, JobReads.Progress progress) {
    if (state == JobState.SUCCEEDED) {
      return 1;
    }
    double embedding = progress.texts() == 0 ? 0 : 0.7 * progress.embedded() / progress.texts();
    return embedding + 0.3 * progress.epoch() / progress.epochs();
  }
}
