package io.plumbline.inference.provider.protocol;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON as these tests write it: in single quotes, with ^ for a quote within a text. */
final class QuotedJson {

  private QuotedJson() {}

  static String quoted(String text) {
    return text.replace('\'', '"').replace("^", "\\\"");
  }

  static JsonNode read(String text) {
    return JsonMapper.shared().readTree(quoted(text));
  }

  /** Returns an object of these fields. */
  static ObjectNode object(String fields) {
    return (ObjectNode) read("{" + fields + "}");
  }

  static JsonNode array(String items) {
    return read("[" + items + "]");
  }

  /** Returns a document as read back from its JSON, in which all kinds of numbers are equal. */
  static JsonNode sent(JsonNode body) {
    return JsonMapper.shared().readTree(body.toString());
  }
}
