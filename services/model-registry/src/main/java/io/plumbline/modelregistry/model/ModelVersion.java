package io.plumbline.modelregistry.model;

import io.plumbline.contracts.ModelRegistryEvent.ModelVersionRegistered;
import java.time.Instant;
import java.util.List;

/**
 * An immutable version. The digest of its artifact identifies it: the artifact names its encoder by
 * digest, so it holds everything that an answer depends on.
 *
 * @param author the author of the training job; {@code registeredBy} may be somebody else
 * @param authors the author and the authors of the training data, none of whom approves the version
 */
public record ModelVersion(
    String model,
    int version,
    String description,
    String author,
    List<String> authors,
    String registeredBy,
    Instant registeredAt,
    Lineage lineage) {

  public ModelVersion {
    authors = List.copyOf(authors);
  }

  /** Returns the event of the registration. The digest of its artifact identifies the model too. */
  ModelVersionRegistered registeredEvent() {
    return new ModelVersionRegistered(
        model,
        version,
        lineage.artifactDigest(),
        lineage.artifactDigest(),
        lineage.baseModel(),
        lineage.baseDigest(),
        lineage.jobId(),
        lineage.datasetDigest(),
        lineage.labels(),
        author,
        authors);
  }
}
