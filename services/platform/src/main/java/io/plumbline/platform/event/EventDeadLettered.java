package io.plumbline.platform.event;

/**
 * An event that is published inside the service when an event of Kafka could not be applied and is
 * kept as a dead letter. It is published in the transaction that keeps the dead letter and in the
 * workspace of the event, at every delivery. A component that must not go on without the event
 * listens by {@code @EventListener}. Refused messages are not reported, since anybody may have
 * written those.
 *
 * @param cause the root cause in one line
 */
public record EventDeadLettered(EventMetadata event, String cause) {}
