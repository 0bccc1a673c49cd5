package io.plumbline.evaluation.scorer;

import io.plumbline.prompttemplate.schema.BoundedJson;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON and compares it by value: 1 equals 1.0, and the order of properties makes no
 * difference.
 */
final class JsonValues {

  /** The mapper, which keeps all digits of numbers. */
  private static final JsonMapper JSON =
      BoundedJson.builder(BoundedJson.MAX_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonValues() {}

  /** Returns the value of a text; empty when it is not JSON or too large. */
  static Optional<JsonNode> read(String text) {
    try {
      JsonNode value = JSON.readTree(text);
      return Optional.of(value).filter(read -> !read.isMissingNode());
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  static boolean equal(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue()) == 0;
    }
    if (one.isArray() && other.isArray()) {
      if (one.size() != other.size()) {
        return false;
      }
      for (int i = 0; i < one.size(); i++) {
        if (!equal(one.path(i), other.path(i))) {
          return false;
        }
      }
      return true;
    }
    if (one.isObject() && other.isObject()) {
      return one.size() == other.size()
          && one.propertyStream()
              .allMatch(each ->
                  other.has(each.getKey()) && equal(each.getValue(), other.path(each.getKey())));
    }
    return one.equals(other);
  }
}
