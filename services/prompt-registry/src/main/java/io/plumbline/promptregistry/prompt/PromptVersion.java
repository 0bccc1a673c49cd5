package io.plumbline.promptregistry.prompt;

import io.plumbline.contracts.Digest;
import io.plumbline.promptregistry.inclusion.Inclusion;
import io.plumbline.prompttemplate.content.PromptContent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A published version, which never changes.
 *
 * @param lintReason why it was published although the linter found errors; absent when it found
 *     none
 * @param includes the versions that the partials of its content come from, by name
 */
public record PromptVersion(
    String prompt,
    int version,
    Digest digest,
    @Nullable Integer parentVersion,
    @Nullable Digest parentDigest,
    String author,
    String message,
    @Nullable String lintReason,
    Instant createdAt,
    PromptContent content,
    List<Inclusion> includes) {

  public PromptVersion {
    includes = List.copyOf(includes);
  }
}
