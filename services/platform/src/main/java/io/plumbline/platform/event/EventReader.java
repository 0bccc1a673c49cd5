package io.plumbline.platform.event;

import io.plumbline.contracts.Event;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the values of events. Unknown fields are ignored, because a newer version of the publishing
 * service may send more.
 */
public final class EventReader {

  private final JsonMapper json;

  public EventReader(JsonMapper json) {
    this.json = json.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  }

  /**
   * Reads an event from its value.
   *
   * @throws tools.jackson.core.JacksonException when the bytes are not an event of this type
   */
  public <E extends Event> E read(byte[] value, Class<E> type) {
    return json.readValue(value, type);
  }

  /**
   * Reads an event from bytes that may be no event of this type; returns empty if they are none.
   */
  public <E extends Event> Optional<E> tryRead(byte @Nullable [] value, Class<E> type) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(value, type));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
