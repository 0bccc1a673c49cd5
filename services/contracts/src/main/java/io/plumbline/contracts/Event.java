package io.plumbline.contracts;

/**
 * A change of one aggregate, published by the service that owns it. Implementations are records
 * nested in the sealed interface of their service and carry {@link EventType}. Within a major
 * version they only ever gain optional components, and enums gain no constant: a consumer that
 * meets an unknown value cannot apply the event and keeps it as a dead letter.
 */
public interface Event {}
