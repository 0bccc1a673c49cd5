package io.plumbline.inference.cache;

import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes documents in {@code jsonb} columns. */
@Component
public class JsonColumn {

  private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

  private final JsonMapper json;

  JsonColumn(JsonMapper json) {
    this.json = json;
  }

  public String write(Object value) {
    return json.writeValueAsString(value);
  }

  public <T> T read(String column, TypeReference<T> type) {
    return json.readValue(column, type);
  }

  public List<String> readStrings(String column) {
    return read(column, STRINGS);
  }
}
