package io.plumbline.platform.body;

import io.plumbline.platform.problem.Problem.FieldError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds values that are well-formed JSON but cannot be processed. These are texts that are not
 * {@linkplain StorableText storable}; numbers beyond a double, over which no digest can be computed
 * (RFC 7493, section 2.2); and names that occur twice in an object, of which readers would take the
 * last (section 2.3).
 */
final class JsonFlaws {

  /**
   * The number of digits above which a number is looked at. It is so low that fewer digits with an
   * exponent of two digits stay within a double.
   */
  private static final int LONG_NUMBER = 200;

  private static final int LONG_EXPONENT = 3;

  private JsonFlaws() {}

  /**
   * Finds the first value or name that cannot be processed.
   *
   * @return its place and what is wrong with it; empty if there is none. It is also empty for a
   *     body that is not JSON, which the reader of the body reports
   */
  static Optional<FieldError> firstFlaw(byte[] body, JsonMapper json) {
    return search(body, json, isSuspicious(body));
  }

  /**
   * Returns whether a pass over the bytes finds escapes, NUL bytes or long numbers that could be
   * flaws. It finds every body with a flawed value, and spares the parser from looking at the
   * values of nearly all others. Names that occur twice do not matter to it, since the parser looks
   * for them in every body.
   */
  private static boolean isSuspicious(byte[] body) {
    int digits = 0;
    for (int i = 0; i < body.length; i++) {
      byte b = body[i];
      digits = b >= '0' && b <= '9' ? digits + 1 : 0;
      boolean suspicious =
          switch (b) {
            case 0 -> true;
            case '\\' ->
                byteOrZero(body, i + 1) == 'u' && (isNul(body, i + 2) || isSurrogate(body, i + 2));
            case 'e', 'E' -> isLongExponent(body, i + 1);
            default -> digits > LONG_NUMBER;
          };
      if (suspicious) {
        return true;
      }
      if (b == '\\') {
        i++;
      }
    }
    return false;
  }

  private static boolean isNul(byte[] body, int from) {
    return byteOrZero(body, from) == '0'
        && byteOrZero(body, from + 1) == '0'
        && byteOrZero(body, from + 2) == '0'
        && byteOrZero(body, from + 3) == '0';
  }

  private static boolean isSurrogate(byte[] body, int from) {
    return (byteOrZero(body, from) | 0x20) == 'd'
        && "89abcdef".indexOf(byteOrZero(body, from + 1) | 0x20) >= 0;
  }

  private static boolean isLongExponent(byte[] body, int from) {
    int at = byteOrZero(body, from) == '+' || byteOrZero(body, from) == '-' ? from + 1 : from;
    for (int i = at; i < at + LONG_EXPONENT; i++) {
      if (byteOrZero(body, i) < '0' || byteOrZero(body, i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Returns the byte at an index of the body, or 0 after its end. */
  private static byte byteOrZero(byte[] body, int index) {
    return index < body.length ? body[index] : 0;
  }

  /**
   * @param suspicious whether to check the values too, and not only the names
   */
  private static Optional<FieldError> search(byte[] body, JsonMapper json, boolean suspicious) {
    Deque<Set<String>> names = new ArrayDeque<>();
    try (JsonParser parser = json.createParser(body)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        Optional<String> reason = repeatedName(token, parser, names);
        if (reason.isEmpty() && suspicious) {
          reason = valueFlaw(token, parser);
        }
        if (reason.isPresent()) {
          return Optional.of(
              new FieldError(parser.streamReadContext().pathAsPointer().toString(), reason.get()));
        }
      }
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /**
   * @param names the names so far of each object that the token is in, the innermost first
   */
  private static Optional<String> repeatedName(
      JsonToken token, JsonParser parser, Deque<Set<String>> names) {
    switch (token) {
      case START_OBJECT -> names.push(new HashSet<>());
      case END_OBJECT -> names.pop();
      case PROPERTY_NAME -> {
        if (!names.element().add(parser.currentName())) {
          return Optional.of("occurs twice in its object; send it once");
        }
      }
      default -> {
        // Other tokens neither begin nor end an object.
      }
    }
    return Optional.empty();
  }

  private static Optional<String> valueFlaw(JsonToken token, JsonParser parser) {
    return switch (token) {
      case PROPERTY_NAME, VALUE_STRING -> StorableText.flaw(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> numberFlaw(parser.getString());
      default -> Optional.empty();
    };
  }

  private static Optional<String> numberFlaw(String number) {
    if (Double.isInfinite(Double.parseDouble(number))) {
      return Optional.of("is a number beyond the range of a double; send a smaller number");
    }
    return Optional.empty();
  }
}
