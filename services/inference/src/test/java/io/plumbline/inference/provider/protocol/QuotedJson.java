package io.plumbline.inference.provider.protocol;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as these tests write it: in single quotes, and a quote within a text is a circumflex. */
final class QuotedJson {

  private QuotedJson() {}

  static String quoted(String text) {
    return text.replace('\'', '"').replace("^", "\\\"");
  }

  static JsonNode read(String text) {
    return JsonMapper.shared().readTree(quoted(text));
  }

  /** An object of these fields. */
  static ObjectNode object(String fields) {
    return (ObjectNode) read("{" + fields + "}");
  }

  static JsonNode array(String items) {
    return read("[" + items + "]");
  }

  /** As it is on the wire, where a number is a number. */
  static JsonNode sent(JsonNode body) {
    return JsonMapper.shared().readTree(body.toString());
  }
}
