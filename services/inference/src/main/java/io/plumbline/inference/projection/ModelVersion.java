package io.plumbline.inference.projection;

import io.plumbline.contracts.Digest;
import java.util.List;

/**
 * A registered model version.
 *
 * @param authors the authors of the version and of the data that it was trained on
 */
public record ModelVersion(
    String model,
    int version,
    Digest modelDigest,
    Digest artifactDigest,
    String baseModel,
    List<String> labels,
    List<String> authors) {

  /** Returns the name that calls use: {@code <model>@<version>}. */
  public String name() {
    return model + "@" + version;
  }
}
