package io.plumbline.promptregistry.prompt;

import io.plumbline.contracts.Digest;
import io.plumbline.prompttemplate.content.PromptContent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A published version, which never changes. */
public record PromptVersion(
    String prompt,
    int version,
    Digest digest,
    @Nullable Integer parentVersion,
    @Nullable Digest parentDigest,
    String author,
    String message,
    Instant createdAt,
    PromptContent content) {}
