package io.plumbline.platform.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of an event (CloudEvents 1.0 attributes and our extensions).
 *
 * @param type {@code io.plumbline.<name>.v1}
 * @param source the service that published it
 * @param subject the aggregate it is about, and the key that orders it
 * @param aggregateVersion the aggregate's version after the change; a projection ignores an event
 *     that is not newer than its row
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
