package io.plumbline.platform.evidence;

import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.EventReader;
import java.util.Optional;

/**
 * An event of the log.
 *
 * @param index its place in the log
 * @param value the bytes as they were published
 */
public record LoggedEvent(long index, EventMetadata metadata, byte[] value) {

  /** A log that can be read several times, always with the same events. */
  @FunctionalInterface
  public interface Log {
    /** Passes on each event, the first in the log first. */
    void forEach(Reader reader) throws Exception;
  }

  /** A reader of events. */
  @FunctionalInterface
  public interface Reader {
    void read(LoggedEvent event) throws Exception;
  }

  /** Returns the event; empty when the bytes are not an event of a type that is known here. */
  Optional<Event> parse(EventReader events) {
    return EventTypes.classOf(metadata.type()).flatMap(type -> events.tryRead(value, type));
  }

  String name() {
    return EventTypes.nameOf(metadata.type());
  }
}
