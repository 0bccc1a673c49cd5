package io.plumbline.platform.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of an event (CloudEvents 1.0 attributes and our extensions).
 *
 * @param type {@code io.plumbline.<name>.v1}
 * @param source the service that published it
 * @param subject the aggregate that the event is about; also the key by which events are ordered
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
