package io.plumbline.prompttemplate.schema;

import tools.jackson.databind.JsonNode;

/**
 * Measures how large a JSON value is. Each value counts as one, and one more for each {@value
 * #CHARACTERS} characters of its text and of its name, or digits of its number. Work on a value is
 * bounded by its weight.
 */
final class JsonWeight {

  private static final int CHARACTERS = 64;

  private JsonWeight() {}

  static long of(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> {
        long weight = 1;
        for (var property : value.properties()) {
          weight += property.getKey().length() / CHARACTERS + of(property.getValue());
        }
        yield weight;
      }
      case ARRAY -> {
        long weight = 1;
        for (JsonNode item : value) {
          weight += of(item);
        }
        yield weight;
      }
      case STRING -> 1 + value.stringValue().length() / CHARACTERS;
      case NUMBER -> 1 + digits(value) / CHARACTERS;
      case BOOLEAN, NULL, MISSING, BINARY, POJO -> 1;
    };
  }

  /** Returns about how many digits a number has, which for the primitive ones are few. */
  private static int digits(JsonNode number) {
    if (number.isBigInteger()) {
      return number.bigIntegerValue().bitLength() / 3;
    }
    if (number.isBigDecimal()) {
      return number.decimalValue().precision();
    }
    return 0;
  }
}
