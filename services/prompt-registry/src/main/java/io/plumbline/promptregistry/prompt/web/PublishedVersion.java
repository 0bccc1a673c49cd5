package io.plumbline.promptregistry.prompt.web;

import io.plumbline.contracts.Digest;
import io.plumbline.promptregistry.lint.Finding;
import io.plumbline.promptregistry.lint.Lint;
import io.plumbline.promptregistry.prompt.PromptVersion;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to publishing: the version's identity, and the findings of lint. */
record PublishedVersion(
    String prompt,
    int version,
    Digest digest,
    @Nullable Integer parentVersion,
    String author,
    String message,
    @Nullable String lintReason,
    Instant createdAt,
    List<Finding> lint) {

  static PublishedVersion from(PromptVersion version) {
    return new PublishedVersion(
        version.prompt(),
        version.version(),
        version.digest(),
        version.parentVersion(),
        version.author(),
        version.message(),
        version.lintReason(),
        version.createdAt(),
        Lint.findings(version.content()));
  }
}
