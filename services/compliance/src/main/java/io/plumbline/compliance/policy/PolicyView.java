package io.plumbline.compliance.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a policy, {@code active} if no later version was activated.
 *
 * @param proposedBy the person who proposed it, other than the one who activated it; absent for the
 *     policies that a workspace starts with and for versions from before policies took two people
 */
public record PolicyView(
    String name,
    String target,
    int version,
    String source,
    String digest,
    @Nullable String proposedBy,
    String activatedBy,
    Instant activatedAt,
    boolean active) {}
