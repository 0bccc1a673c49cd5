package io.plumbline.platform.problem;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.plumbline.contracts.Digest;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.node.ArrayNode;

/**
 * The place at which a body cannot be read and the reason, in the caller's terms. Most of Jackson's
 * own messages are not used, because they name our classes.
 */
record UnreadableBody(String pointer, String detail) {

  private static final String MALFORMED = "is not well-formed JSON: ";
  private static final String WRONG = "has the wrong type or value";
  private static final Set<Class<?>> WHOLE =
      Set.of(
          int.class,
          Integer.class,
          long.class,
          Long.class,
          short.class,
          Short.class,
          byte.class,
          Byte.class);
  private static final Set<Class<?>> NUMBERS =
      Set.of(double.class, Double.class, float.class, Float.class, BigDecimal.class);

  static UnreadableBody of(HttpMessageNotReadableException unreadable) {
    if (unreadable.getCause() instanceof JacksonException json) {
      return new UnreadableBody(Problem.pointer(json), detail(json));
    }
    return new UnreadableBody("", "is missing or cannot be read; send a JSON body");
  }

  /** Returns the sentence that names the wrong field, or says that the whole body is unreadable. */
  String sentence() {
    if (pointer.isEmpty() || detail.startsWith(MALFORMED)) {
      return "The body cannot be read. Send JSON as the API describes it.";
    }
    return "The field %s of the body is wrong: it %s.".formatted(pointer, detail);
  }

  private static String detail(JacksonException cause) {
    return switch (cause) {
      case UnrecognizedPropertyException unknown -> "is not a field of this request; remove it";
      case StreamConstraintsException limit -> "exceeds a limit: " + limit.getOriginalMessage();
      case StreamReadException malformed -> MALFORMED + malformed.getOriginalMessage();
      case ValueInstantiationException refused ->
          message(refused.getCause()).map(why -> "is not valid: " + why).orElse(WRONG);
      case MismatchedInputException trailing
          when trailing.getOriginalMessage().startsWith("Trailing token") ->
          "continues after the end of the JSON value; send one value";
      case MismatchedInputException mismatch -> "must be " + expectedForm(mismatch.getTargetType());
      default -> WRONG;
    };
  }

  /**
   * Returns the message of a record that refuses a value. The message of a number's parser is left
   * out, because it is not meant for callers.
   */
  private static Optional<String> message(@Nullable Throwable cause) {
    if (cause instanceof IllegalArgumentException && !(cause instanceof NumberFormatException)) {
      return Optional.ofNullable(cause.getMessage());
    }
    return Optional.empty();
  }

  /** Returns the form that a value of a type must have, such as {@code a whole number}. */
  static String expectedForm(@Nullable Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (type.isEnum()) {
      return List.of(type.getEnumConstants()).stream()
          .map(each -> jsonName(type, ((Enum<?>) each).name()))
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (WHOLE.contains(type)) {
      return "a whole number within range";
    }
    if (NUMBERS.contains(type)) {
      return "a number";
    }
    if (type == String.class) {
      return "a string";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == UUID.class) {
      return "a UUID";
    }
    if (type == Digest.class) {
      return "64 lower-case hexadecimal digits";
    }
    if (type == URI.class) {
      return "a URI";
    }
    if (type == Instant.class) {
      return "a time such as 2026-01-31T12:00:00Z";
    }
    if (type == LocalDate.class) {
      return "a date such as 2026-01-31";
    }
    if (Collection.class.isAssignableFrom(type) || type.isArray() || type == ArrayNode.class) {
      return "an array";
    }
    if (type.isRecord()
        || Map.class.isAssignableFrom(type)
        || JsonNode.class.isAssignableFrom(type)) {
      return "an object";
    }
    return "of another type";
  }

  /**
   * Returns the JSON form of an enum constant: the value of its {@link JsonProperty}, or else its
   * name.
   */
  private static String jsonName(Class<?> type, String constant) {
    return Stream.of(type.getFields())
        .filter(field -> field.getName().equals(constant))
        .map(field -> field.getAnnotation(JsonProperty.class))
        .filter(Objects::nonNull)
        .map(JsonProperty::value)
        .findFirst()
        .orElse(constant);
  }
}
