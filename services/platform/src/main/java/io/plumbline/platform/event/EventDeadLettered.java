package io.plumbline.platform.event;

/**
 * An event could not be applied and is kept as a dead letter; published inside the service, in the
 * transaction that keeps it and in the event's workspace, each time that it is delivered. A
 * component that must not go on without the event listens by {@code @EventListener}. Refused
 * messages are not among them: anybody may have written those.
 *
 * @param cause in one line
 */
public record EventDeadLettered(EventMetadata event, String cause) {}
