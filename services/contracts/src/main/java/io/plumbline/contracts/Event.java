package io.plumbline.contracts;

/**
 * A fact about one aggregate, told by the service that owns it. Implementations are records nested
 * in the sealed interface of their service and carry {@link EventType}. Within a major version they
 * only ever gain optional components.
 */
public interface Event {}
