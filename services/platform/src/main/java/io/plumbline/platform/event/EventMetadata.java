package io.plumbline.platform.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of an event (CloudEvents 1.0 attributes and our extensions).
 *
 * @param type {@code io.plumbline.<name>.v1}
 * @param source the service that told it
 * @param subject the aggregate it is about, and the key that orders it
 * @param aggregateVersion the aggregate's version after the fact; a projection ignores what is not
 *     newer than it knows
 */
public record EventMetadata(
    UUID id,
    String type,
    String source,
    String subject,
    Instant time,
    UUID workspace,
    String actor,
    long aggregateVersion,
    @Nullable UUID causationId) {}
