package io.plumbline.platform.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that could not be applied.
 *
 * @param source the service that published it
 * @param key the subject of the event; later events of the same source and key wait behind it
 * @param cause why it could not be applied
 * @param acceptedBy the people who accepted that the service goes on without it, in their order
 * @param acceptedReason the reason of the first of them
 */
public record DeadLetter(
    long deadLetterId,
    String source,
    UUID eventId,
    String type,
    String key,
    String cause,
    Instant failedAt,
    List<String> acceptedBy,
    @Nullable String acceptedReason) {}
