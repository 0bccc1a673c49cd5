package io.plumbline.training.executor;

import io.plumbline.contracts.Digest;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.blob.DurableFiles;
import io.plumbline.platform.blob.UnknownBlob;
import io.plumbline.platform.event.EventTooLarge;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import io.plumbline.platform.job.LeaseLost;
import io.plumbline.training.TrainingSettings;
import io.plumbline.training.job.Lease;
import io.plumbline.training.job.LocalBaseModel;
import io.plumbline.training.job.StartGate;
import io.plumbline.training.job.TrainingQueue;
import io.plumbline.training.job.TrainingRunRecorder;
import io.plumbline.training.job.TrainingRunRecorder.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Executes an entry of the job queue. It prepares the working directory, runs child processes, and
 * ends the job.
 */
@Component
class TrainingJobHandler implements JobHandler {

  private static final Logger log = LoggerFactory.getLogger(TrainingJobHandler.class);

  private final TrainingRunRecorder runs;
  private final BlobStore blobs;
  private final TrainingSettings settings;
  private final JsonMapper json;
  private final StartGate gate;

  TrainingJobHandler(
      TrainingRunRecorder runs,
      BlobStore blobs,
      TrainingSettings settings,
      JsonMapper json,
      StartGate gate) {
    this.runs = runs;
    this.blobs = blobs;
    this.settings = settings;
    this.json = json;
    this.gate = gate;
  }

  @Override
  public String kind() {
    return TrainingQueue.KIND;
  }

  @Override
  public void run(JobContext job) throws InterruptedException {
    gate.requireOpen(job.payload(TrainingQueue.Ticket.class));
    Lease lease = leaseOf(job);
    try {
      Optional<Work> work = runs.begin(lease);
      if (work.isPresent()) {
        train(job, work.get());
      }
    } catch (LeaseLost lost) {
      log.info(
          "This worker stops training job {}: the job was paused, has ended, or has another worker",
          lease.jobId());
    } catch (IOException | UnknownBlob | UnusableData | EventTooLarge e) {
      log.error("Training job {} fails and is not tried again", lease.jobId(), e);
      runs.fail(lease, String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      if (job.willRunAgain(e)) {
        throw e;
      }
      runs.fail(
          lease,
          "The executor failed; find the cause in the training service's log under this job's id");
      throw new IllegalStateException(
          "Training job %s failed and is not tried again".formatted(lease.jobId()), e);
    }
  }

  @Override
  public void recordGivenUp(JobContext job, String reason) {
    Lease lease = leaseOf(job);
    if (runs.begin(lease).isPresent()) {
      runs.fail(lease, reason);
    }
  }

  private static Lease leaseOf(JobContext job) {
    TrainingQueue.Ticket ticket = job.payload(TrainingQueue.Ticket.class);
    return new Lease(ticket.jobId(), ticket.run(), job.fence());
  }

  private void train(JobContext job, Work work) throws IOException, InterruptedException {
    Path directory = jobDirectory(job.workspace(), work.lease().jobId());
    restoreCheckpoints(work, directory);
    new LocalRun(
            job,
            work,
            assignment(job.workspace(), work, directory),
            runs,
            blobs,
            settings.heap(),
            json)
        .execute();
  }

  /**
   * Restores the checkpoints of earlier epochs from the blob store, because another machine may
   * have trained them. A file that is there already is replaced unless it is as it was saved.
   */
  private void restoreCheckpoints(Work work, Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, Digest> saved : work.saved().entrySet()) {
      Path file = directory.resolve(saved.getKey());
      if (!Files.exists(file) || !Digest.of(Files.readAllBytes(file)).equals(saved.getValue())) {
        try (InputStream checkpoint = blobs.open(saved.getValue())) {
          DurableFiles.replace(file, checkpoint.readAllBytes());
        }
      }
    }
  }

  private TrainerAssignment assignment(UUID workspace, Work work, Path directory) {
    EncoderModel encoder = LocalBaseModel.encoderOf(work.baseModel()).orElseThrow();
    Path embeddings =
        settings.directory().toAbsolutePath().resolve(workspace.toString()).resolve("embeddings");
    return new TrainerAssignment(
        encoder.id(),
        encoder.digest(),
        work.configuration().maxTokens(),
        requireSubset(work.train().digest()),
        requireSubset(work.validation().digest()),
        work.configuration().headHyperparameters(),
        work.seed(),
        directory,
        embeddings,
        settings.embeddingThreads());
  }

  private TrainerAssignment.Subset requireSubset(Digest digest) {
    if (!blobs.exists(digest)) {
      throw new UnusableData(
          "Blob " + digest.abbreviated() + " of the split is missing; define the split again");
    }
    return new TrainerAssignment.Subset(blobs.path(digest), digest);
  }

  private Path jobDirectory(UUID workspace, UUID jobId) {
    return settings
        .directory()
        .toAbsolutePath()
        .resolve(workspace.toString())
        .resolve(jobId.toString());
  }
}
