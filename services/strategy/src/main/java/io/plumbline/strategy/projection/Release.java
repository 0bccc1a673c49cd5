package io.plumbline.strategy.projection;

import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A release in the state that inference published last. */
public record Release(
    UUID releaseId,
    String environment,
    Digest variantDigest,
    @Nullable Digest previousVariantDigest,
    String state,
    int percent,
    @Nullable String reason,
    Instant changedAt) {}
