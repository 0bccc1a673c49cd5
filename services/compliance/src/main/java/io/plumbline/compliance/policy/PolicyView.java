package io.plumbline.compliance.policy;

import java.time.Instant;

/** A version of a policy, {@code active} if no later version was activated. */
public record PolicyView(
    String name,
    String target,
    int version,
    String source,
    String digest,
    String activatedBy,
    Instant activatedAt,
    boolean active) {}
