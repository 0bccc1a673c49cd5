package io.plumbline.training.job;

import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.training.head.Epoch;
import io.plumbline.training.hyperparameter.HyperparameterConfiguration;
import io.plumbline.training.projection.DatasetProjection.Split;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Jobs in the states that tests need. */
public final class TestJobs {

  public static final Instant CREATED = Instant.parse("2026-11-25T02:00:00Z");
  public static final Instant ENDED = Instant.parse("2026-11-25T02:10:00Z");
  public static final TrainingSpec SPEC =
      new TrainingSpec(
          "mail-triage",
          "local/choice-minilm",
          TrainingMethod.HEAD,
          Digest.ofText("split"),
          1,
          0,
          "ada");
  public static final Split SPLIT =
      new Split(
          Digest.ofText("split"),
          "mail",
          3,
          Digest.ofText("version"),
          Map.of(
              "train", new Subset(Digest.ofText("train"), 200),
              "validation", new Subset(Digest.ofText("validation"), 50)));

  private TestJobs() {}

  static TrainingRequest request() {
    return new TrainingRequest(SPEC, HyperparameterConfiguration.of(Map.of(), ""), null, null);
  }

  static TrainingJob queued() {
    return queued(new UUID(0, 7));
  }

  private static TrainingJob queued(UUID jobId) {
    return new TrainingJob(jobId, new UUID(0, 1), request(), SPLIT, CREATED);
  }

  static TrainingJob running() {
    TrainingJob job = queued();
    job.begin(0, CREATED);
    return job;
  }

  public static TrainingJob succeeded(UUID jobId, double macroF1, double loss) {
    TrainingJob job = queued(jobId);
    job.begin(0, CREATED);
    job.succeed(result(macroF1, loss), ENDED);
    return job;
  }

  public static TrainingJob failed(UUID jobId) {
    TrainingJob job = queued(jobId);
    job.begin(0, CREATED);
    job.fail("The trainer exited with code 1", ENDED);
    return job;
  }

  public static TrainingJob cancelled(UUID jobId, String reason) {
    TrainingJob job = queued(jobId);
    job.cancel(reason, ENDED);
    return job;
  }

  public static TrainingResult result(double macroF1, double loss) {
    Epoch best = new Epoch(4, 0.001, 0.1, 0.97, loss, 0.93, macroF1);
    return new TrainingResult(
        Digest.ofText("artifact"),
        Digest.ofText("checkpoint"),
        best,
        new Epoch(9, 0.0001, 0.05, 0.99, loss + 0.1, 0.92, macroF1 - 0.01),
        true,
        List.of("ham", "spam"),
        Map.of("ham", 0.95, "spam", 0.89),
        Map.of("ham", 120, "spam", 80),
        1,
        List.of(new TrainingResult.SuspectRow("0f", "ham", "spam", 0.02)),
        List.of());
  }
}
