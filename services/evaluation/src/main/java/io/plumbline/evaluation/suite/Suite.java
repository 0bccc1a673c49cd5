package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A published suite; it never changes.
 *
 * @param labels every label that its rows carry; empty unless all of its items are labelled
 * @param originals items sent unchanged
 * @param perturbed items sent again, perturbed
 */
public record Suite(
    UUID id,
    String name,
    int version,
    Digest digest,
    SuiteDefinition definition,
    List<String> labels,
    int originals,
    int perturbed,
    String createdBy,
    Instant createdAt) {

  /**
   * Whether runs over it are evidence: by the subset that the split says, since a checkpoint is
   * chosen by {@code validation}. Runs over any other suite are exploration.
   */
  public boolean carriesVerdicts() {
    return definition.subset().equals("test");
  }

  public boolean labelled() {
    return !labels.isEmpty();
  }

  public int questions() {
    return originals + perturbed;
  }
}
