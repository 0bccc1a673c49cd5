package io.plumbline.contracts;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** One filled instance of every record, always the same. */
final class Samples {

  private Samples() {}

  static Object of(Type type) {
    return switch (type) {
      case ParameterizedType list when list.getRawType() == List.class ->
          List.of(of(list.getActualTypeArguments()[0]));
      case ParameterizedType map when map.getRawType() == Map.class ->
          Map.of("key", of(map.getActualTypeArguments()[1]));
      case Class<?> enumeration when enumeration.isEnum() -> enumeration.getEnumConstants()[0];
      case Class<?> simple when simple == String.class -> "text";
      case Class<?> simple when simple == int.class || simple == Integer.class -> 7;
      case Class<?> simple when simple == long.class || simple == Long.class -> 7L;
      case Class<?> simple when simple == double.class || simple == Double.class -> 0.5;
      case Class<?> simple when simple == boolean.class || simple == Boolean.class -> true;
      case Class<?> simple when simple == UUID.class ->
          UUID.fromString("0190a000-0000-7000-8000-00000000000a");
      case Class<?> simple when simple == Instant.class -> Instant.parse("2026-11-25T00:00:00Z");
      case Class<?> simple when simple == LocalDate.class -> LocalDate.parse("2026-11-25");
      case Class<?> simple when simple == Digest.class -> Digest.ofText("sample");
      case Class<?> simple when simple == BigDecimal.class -> new BigDecimal("1.25");
      case Class<?> simple when simple == Money.class -> Money.usd("1.25");
      case Class<?> nested when nested.isRecord() -> record(nested);
      default -> throw new IllegalArgumentException("No sample for " + type);
    };
  }

  private static Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return constructor.newInstance(
          Stream.of(components).map(component -> of(component.getGenericType())).toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
