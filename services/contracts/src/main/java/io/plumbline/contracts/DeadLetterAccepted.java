package io.plumbline.contracts;

import java.util.List;
import java.util.UUID;

/**
 * A person's statement that a service goes on without an event that it could not apply. The service
 * that kept the dead letter publishes it. With the second person the dead letter is accepted: it no
 * longer closes gates, and later events of its key no longer wait for it.
 *
 * @param source the service that had published the event
 * @param type the type of the event
 * @param key the subject of the event
 * @param cause why the event could not be applied
 * @param reason the reason of the person who accepted it first
 * @param acceptedBy the people who accepted it so far, one or two
 */
@EventType("dead-letter.accepted")
public record DeadLetterAccepted(
    String source,
    UUID eventId,
    String type,
    String key,
    String cause,
    String reason,
    List<String> acceptedBy)
    implements Event {}
