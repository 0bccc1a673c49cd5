package io.plumbline.inference.projection;

import io.plumbline.contracts.Digest;
import java.util.List;

/** A registered model version. */
public record ModelVersion(
    String model,
    int version,
    Digest modelDigest,
    Digest artifactDigest,
    String baseModel,
    List<String> labels,
    String author) {

  /** Returns the name that calls use: {@code <model>@<version>}. */
  public String name() {
    return model + "@" + version;
  }
}
