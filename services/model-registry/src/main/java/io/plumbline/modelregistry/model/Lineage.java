package io.plumbline.modelregistry.model;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.TrainingEvent.JobFinished;
import io.plumbline.localmodels.Classifier;
import io.plumbline.modelregistry.catalog.Listing;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a version: everything needed to reproduce it.
 *
 * @param encoder the encoder under the head, which reads the first {@code maxTokens} tokens of a
 *     text
 * @param metrics the metrics of the checkpoint that became the artifact, on the validation subset
 */
public record Lineage(
    UUID jobId,
    String application,
    String baseModel,
    Digest baseDigest,
    String baseLicence,
    String method,
    Digest datasetDigest,
    Digest splitDigest,
    Digest artifactDigest,
    @Nullable Digest checkpointDigest,
    String encoder,
    Digest encoderDigest,
    int maxTokens,
    Map<String, String> hyperparameters,
    Map<String, Double> metrics,
    List<String> labels,
    Money cost,
    double computeSeconds) {

  /**
   * Returns the lineage of a job's result.
   *
   * @param classifier the classifier that was read from the artifact of the job
   * @throws Problem when the artifact is not the one that the job describes
   */
  static Lineage of(JobFinished job, Digest artifact, Listing base, Classifier classifier) {
    if (!classifier.labels().equals(job.labels())) {
      throw new Problem(
              ModelProblem.UNUSABLE_ARTIFACT,
              "Train again: the artifact's labels differ from those of the job.")
          .withFieldError("/jobId", "made an artifact with other labels");
    }
    return new Lineage(
        job.jobId(),
        job.application(),
        job.baseModel(),
        base.modelDigest(),
        base.licence(),
        job.method(),
        job.datasetDigest(),
        job.splitDigest(),
        artifact,
        job.checkpointDigest(),
        classifier.encoder().id(),
        classifier.encoder().digest(),
        classifier.maxTokens(),
        job.hyperparameters(),
        job.metrics(),
        job.labels(),
        job.cost(),
        job.computeSeconds());
  }
}
