package io.plumbline.contracts;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Generates JSON Schemas (draft 2020-12) of records. A component is required unless it is {@link
 * Nullable}, and additional properties are always allowed.
 */
final class JsonSchemas {

  private static final Map<Type, Map<String, Object>> SIMPLE =
      Map.ofEntries(
          Map.entry(String.class, Map.of("type", "string")),
          Map.entry(int.class, Map.of("type", "integer")),
          Map.entry(Integer.class, Map.of("type", "integer")),
          Map.entry(long.class, Map.of("type", "integer")),
          Map.entry(Long.class, Map.of("type", "integer")),
          Map.entry(double.class, Map.of("type", "number")),
          Map.entry(Double.class, Map.of("type", "number")),
          Map.entry(boolean.class, Map.of("type", "boolean")),
          Map.entry(Boolean.class, Map.of("type", "boolean")),
          Map.entry(BigDecimal.class, Map.of("type", "string")),
          Map.entry(UUID.class, Map.of("type", "string", "format", "uuid")),
          Map.entry(Instant.class, Map.of("type", "string", "format", "date-time")),
          Map.entry(LocalDate.class, Map.of("type", "string", "format", "date")),
          Map.entry(Digest.class, Map.of("type", "string", "pattern", "^[0-9a-f]{64}$")));

  private JsonSchemas() {}

  static Map<String, Object> of(String type, Class<?> event) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", "/schemas/" + type + ".json");
    schema.putAll(record(event));
    return schema;
  }

  private static Map<String, Object> record(Class<?> type) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      properties.put(component.getName(), schema(component.getGenericType()));
      if (!nullable(component.getAnnotatedType())) {
        required.add(component.getName());
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", required);
    return schema;
  }

  private static Map<String, Object> schema(Type type) {
    Map<String, Object> simple = SIMPLE.get(type);
    if (simple != null) {
      return simple;
    }
    return switch (type) {
      case ParameterizedType list when list.getRawType() == List.class ->
          Map.of("type", "array", "items", schema(list.getActualTypeArguments()[0]));
      case ParameterizedType map when map.getRawType() == Map.class ->
          Map.of("type", "object", "additionalProperties", schema(map.getActualTypeArguments()[1]));
      case Class<?> enumeration when enumeration.isEnum() ->
          Map.of(
              "type",
              "string",
              "enum",
              Stream.of(enumeration.getEnumConstants()).map(String::valueOf).toList());
      case Class<?> nested when nested.isRecord() -> record(nested);
      default -> throw new IllegalArgumentException("No schema for " + type);
    };
  }

  private static boolean nullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }
}
