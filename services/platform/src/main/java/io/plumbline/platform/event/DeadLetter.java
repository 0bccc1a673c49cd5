package io.plumbline.platform.event;

import java.time.Instant;
import java.util.UUID;

/**
 * An event that could not be applied.
 *
 * @param source the service that published it
 * @param key the subject of the event; later events of the same source and key wait behind it
 * @param cause why it could not be applied
 */
public record DeadLetter(
    long deadLetterId,
    String source,
    UUID eventId,
    String type,
    String key,
    String cause,
    Instant failedAt) {}
