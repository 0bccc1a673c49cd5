package io.plumbline.platform.event;

import io.plumbline.contracts.Event;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the values of events. Those of a newer version of their service may have further fields,
 * which are ignored.
 */
public final class EventReader {

  private final JsonMapper json;

  public EventReader(JsonMapper json) {
    this.json = json.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  }

  /**
   * @throws tools.jackson.core.JacksonException when the bytes are no such event
   */
  public <E extends Event> E read(byte[] value, Class<E> type) {
    return json.readValue(value, type);
  }
}
