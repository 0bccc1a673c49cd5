package io.plumbline.training.executor;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.job.JobContext;
import io.plumbline.training.diagnosis.Diagnosis;
import io.plumbline.training.diagnosis.Suggestion;
import io.plumbline.training.executor.ChildTrainer.Message;
import io.plumbline.training.job.TrainingResult;
import io.plumbline.training.job.TrainingResult.SuspectRow;
import io.plumbline.training.job.TrainingRunRecorder;
import io.plumbline.training.job.TrainingRunRecorder.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run of a job under a lease. It starts child processes until one ends with a result, and records
 * everything that they report.
 */
final class LocalRun {

  private static final Duration TICK = Duration.ofMillis(500);
  private static final int MAX_CHILDREN = 3;

  /** The share of embedding in the progress, because it is most of the work. */
  private static final double EMBEDDING_SHARE = 0.7;

  private final JobContext job;
  private final Work work;
  private final TrainerAssignment trainerAssignment;
  private final TrainingRunRecorder runs;
  private final BlobStore blobs;
  private final String heap;
  private final JsonMapper json;
  private final EtaEstimator etaEstimator;
  private double fraction;
  private String message = "starting";
  private long recorded;

  LocalRun(
      JobContext job,
      Work work,
      TrainerAssignment trainerAssignment,
      TrainingRunRecorder runs,
      BlobStore blobs,
      String heap,
      JsonMapper json) {
    this.job = job;
    this.work = work;
    this.trainerAssignment = trainerAssignment;
    this.runs = runs;
    this.blobs = blobs;
    this.heap = heap;
    this.json = json;
    this.etaEstimator = new EtaEstimator(work.configuration().epochs(), System::nanoTime);
  }

  void execute() throws IOException, InterruptedException {
    for (int child = 1; ; child++) {
      Optional<Message.Ended> crash = runChild();
      if (crash.isEmpty()) {
        return;
      }
      String cause =
          "The trainer exited with code "
              + crash.get().exitCode()
              + (crash.get().log().isEmpty() ? "" : ": " + crash.get().log().getLast());
      if (child == MAX_CHILDREN) {
        runs.fail(work.lease(), cause + " (" + MAX_CHILDREN + " attempts)");
        return;
      }
      runs.recordRestart(work.lease(), cause);
    }
  }

  /**
   * @return the end of the child, if it ended without a result
   */
  private Optional<Message.Ended> runChild() throws IOException, InterruptedException {
    recorded = System.nanoTime();
    etaEstimator.start();
    try (ChildTrainer child = ChildTrainer.start(trainerAssignment, heap, json)) {
      while (!job.isCancellationRequested()) {
        switch (child.poll(TICK)) {
          case null -> {}
          case Message.Ended ended -> {
            return Optional.of(ended);
          }
          case Message.Reported(TrainerReport trainerReport) -> {
            if (recordReport(trainerReport)) {
              return Optional.empty();
            }
          }
        }
        if (System.nanoTime() - recorded >= TICK.toNanos()) {
          Optional<String> stop = recordTime();
          if (stop.isPresent()) {
            runs.fail(work.lease(), stop.get());
            return Optional.empty();
          }
          job.reportProgress(fraction, message);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * @return whether the report, which is now recorded, ends the run
   */
  private boolean recordReport(TrainerReport trainerReport) throws IOException {
    return switch (trainerReport) {
      case TrainerReport.Embedded embedded -> {
        etaEstimator.recordEmbedded(embedded.done(), embedded.total());
        fraction = EMBEDDING_SHARE * embedded.done() / embedded.total();
        message = "embedded " + embedded.done() + " of " + embedded.total() + " texts";
        runs.recordEmbedded(
            work.lease(), embedded.done(), embedded.total(), etaEstimator.etaSeconds());
        yield false;
      }
      case TrainerReport.EpochEnded ended -> {
        recordEpoch(ended);
        yield false;
      }
      case TrainerReport.Trained trained -> {
        recordTime();
        runs.succeed(work.lease(), toResult(trained));
        yield true;
      }
      case TrainerReport.Refused refused -> {
        recordTime();
        runs.fail(work.lease(), refused.reason());
        yield true;
      }
    };
  }

  private void recordEpoch(TrainerReport.EpochEnded ended) throws IOException {
    int number = ended.epoch().number();
    etaEstimator.recordEpoch(number);
    fraction = EMBEDDING_SHARE + (1 - EMBEDDING_SHARE) * number / work.configuration().epochs();
    message = "epoch " + number + " of " + work.configuration().epochs();
    if (number > work.epochsDone()) {
      runs.recordEpoch(
          work.lease(),
          ended.epoch(),
          ended.checkpoint(),
          storeBlob(ended.checkpoint()),
          etaEstimator.etaSeconds());
    }
  }

  private TrainingResult toResult(TrainerReport.Trained trained) throws IOException {
    List<Suggestion> suggestions =
        Diagnosis.of(
            new Diagnosis.Evidence(
                trained.best(),
                trained.last(),
                trained.validationF1(),
                trained.trainRows(),
                trained.suspectCount()),
            work.configuration());
    List<SuspectRow> suspects =
        trained.suspects().stream()
            .map(each ->
                new SuspectRow(each.rowId(), each.label(), each.suggestion(), each.confidence()))
            .toList();
    return new TrainingResult(
        storeBlob(trained.artifact()),
        storeBlob(trained.checkpoint()),
        trained.best(),
        trained.last(),
        trained.stoppedEarly(),
        trained.labels(),
        trained.validationF1(),
        trained.trainRows(),
        trained.suspectCount(),
        suspects,
        suggestions);
  }

  private Digest storeBlob(String file) throws IOException {
    try (InputStream content = Files.newInputStream(trainerAssignment.directory().resolve(file))) {
      return blobs.put(content);
    }
  }

  private Optional<String> recordTime() {
    long now = System.nanoTime();
    double seconds = (now - recorded) / 1e9;
    recorded = now;
    return runs.addComputeTime(work.lease(), seconds, etaEstimator.etaSeconds());
  }
}
