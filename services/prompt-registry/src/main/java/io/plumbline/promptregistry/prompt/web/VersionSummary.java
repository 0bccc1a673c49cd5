package io.plumbline.promptregistry.prompt.web;

import io.plumbline.contracts.Digest;
import io.plumbline.promptregistry.prompt.PromptVersion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A version in a list. */
record VersionSummary(
    String prompt,
    int version,
    Digest digest,
    @Nullable Integer parentVersion,
    String author,
    String message,
    Instant createdAt) {

  static VersionSummary from(PromptVersion version) {
    return new VersionSummary(
        version.prompt(),
        version.version(),
        version.digest(),
        version.parentVersion(),
        version.author(),
        version.message(),
        version.createdAt());
  }
}
