package io.plumbline.training.executor;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.job.JobContext;
import io.plumbline.training.executor.ChildTrainer.Message;
import io.plumbline.training.job.Diagnosis;
import io.plumbline.training.job.Suggestion;
import io.plumbline.training.job.TrainingResult;
import io.plumbline.training.job.TrainingResult.SuspectRow;
import io.plumbline.training.job.TrainingRuns;
import io.plumbline.training.job.TrainingRuns.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One held run of a job: children are started until one ends with a result, and everything they
 * tell is written down.
 */
final class LocalRun {

  private static final Duration TICK = Duration.ofMillis(500);
  private static final int CHILDREN = 3;

  /** How much of the bar embedding takes: it is most of the work. */
  private static final double EMBEDDING_SHARE = 0.7;

  private final JobContext job;
  private final Work work;
  private final Assignment assignment;
  private final TrainingRuns runs;
  private final BlobStore blobs;
  private final String heap;
  private final JsonMapper json;
  private final Pace pace;
  private double fraction;
  private String message = "starting";
  private long booked;

  LocalRun(
      JobContext job,
      Work work,
      Assignment assignment,
      TrainingRuns runs,
      BlobStore blobs,
      String heap,
      JsonMapper json) {
    this.job = job;
    this.work = work;
    this.assignment = assignment;
    this.runs = runs;
    this.blobs = blobs;
    this.heap = heap;
    this.json = json;
    this.pace = new Pace(work.configuration().epochs());
  }

  void carryThrough() throws IOException, InterruptedException {
    for (int child = 1; ; child++) {
      Optional<Message.Ended> death = runChild();
      if (death.isEmpty()) {
        return;
      }
      String cause =
          "The trainer ended with code "
              + death.get().exitCode()
              + (death.get().log().isEmpty() ? "" : ": " + death.get().log().getLast());
      if (child == CHILDREN) {
        runs.fail(work.lease(), cause + ", " + CHILDREN + " times");
        return;
      }
      runs.restarted(work.lease(), cause);
    }
  }

  /**
   * @return how the child died, if it did without a result
   */
  private Optional<Message.Ended> runChild() throws IOException, InterruptedException {
    booked = System.nanoTime();
    pace.start();
    try (ChildTrainer child = ChildTrainer.start(assignment, heap, json)) {
      while (!job.cancelled()) {
        Message heard = child.poll(TICK);
        switch (heard) {
          case null -> {}
          case Message.Ended ended -> {
            return Optional.of(ended);
          }
          case Message.Told(Report report) -> {
            if (ends(report)) {
              return Optional.empty();
            }
          }
        }
        if (System.nanoTime() - booked >= TICK.toNanos()) {
          Optional<String> stop = book();
          if (stop.isPresent()) {
            runs.fail(work.lease(), stop.get());
            return Optional.empty();
          }
          job.progress(fraction, message);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * @return whether what was told, and is now written down, is the end
   */
  private boolean ends(Report report) throws IOException {
    return switch (report) {
      case Report.Embedded embedded -> {
        pace.embedded(embedded.done(), embedded.total());
        fraction = EMBEDDING_SHARE * embedded.done() / embedded.total();
        message = "embedded " + embedded.done() + " of " + embedded.total() + " texts";
        runs.embedded(work.lease(), embedded.done(), embedded.total(), pace.etaSeconds());
        yield false;
      }
      case Report.EpochEnded ended -> {
        epoch(ended);
        yield false;
      }
      case Report.Trained trained -> {
        book();
        runs.succeed(work.lease(), result(trained));
        yield true;
      }
      case Report.Refused refused -> {
        book();
        runs.fail(work.lease(), refused.reason());
        yield true;
      }
    };
  }

  private void epoch(Report.EpochEnded ended) throws IOException {
    int number = ended.epoch().number();
    pace.epoch(number);
    fraction = EMBEDDING_SHARE + (1 - EMBEDDING_SHARE) * number / work.configuration().epochs();
    message = "epoch " + number + " of " + work.configuration().epochs();
    if (number > work.epochsDone()) {
      runs.epoch(
          work.lease(),
          ended.epoch(),
          ended.checkpoint(),
          keep(ended.checkpoint()),
          pace.etaSeconds());
    }
  }

  private TrainingResult result(Report.Trained trained) throws IOException {
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
        keep(trained.artifact()),
        keep(trained.checkpoint()),
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

  private Digest keep(String file) throws IOException {
    try (InputStream content = Files.newInputStream(assignment.directory().resolve(file))) {
      return blobs.put(content);
    }
  }

  private Optional<String> book() {
    long now = System.nanoTime();
    double seconds = (now - booked) / 1e9;
    booked = now;
    return runs.spent(work.lease(), seconds, pace.etaSeconds());
  }

  /** How fast it goes, and so how long it will take: embedding by texts, training by epochs. */
  private static final class Pace {

    private final int epochs;
    private long began;
    private int firstDone = -1;
    private @Nullable Long eta;

    Pace(int epochs) {
      this.epochs = epochs;
    }

    void start() {
      began = System.nanoTime();
      firstDone = -1;
      eta = null;
    }

    void embedded(int done, int total) {
      eta = rest(done, total);
      if (done == total) {
        began = System.nanoTime();
      }
    }

    void epoch(int number) {
      if (firstDone < 0) {
        firstDone = number - 1;
      }
      eta = rest(number - firstDone, epochs - firstDone);
    }

    private long rest(int done, int total) {
      double elapsed = (System.nanoTime() - began) / 1e9;
      return (long) Math.ceil(elapsed / done * (total - done));
    }

    @Nullable Long etaSeconds() {
      return eta;
    }
  }
}
