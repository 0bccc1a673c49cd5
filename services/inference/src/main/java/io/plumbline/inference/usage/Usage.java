package io.plumbline.inference.usage;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The usage of one request. */
public record Usage(
    UUID workspace,
    @Nullable String application,
    @Nullable Digest variant,
    String model,
    boolean failed,
    boolean cached,
    long inputTokens,
    long outputTokens,
    Money cost) {}
