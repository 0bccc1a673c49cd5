package io.plumbline.inference.provider.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.plumbline.inference.UnsupportedRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The response formats that an OpenAI-compatible server takes in addition to free text. */
public enum ResponseFormats {
  /** The format {@code json_schema}, as in OpenAI's API. */
  @JsonProperty("json_schema")
  JSON_SCHEMA("json_schema"),
  /** The format {@code json_object} with the schema in it, as in llama.cpp's Python server. */
  @JsonProperty("json_object")
  JSON_OBJECT("json_object"),
  /** No response format at all. */
  @JsonProperty("none")
  NONE("none");

  private static final String FIELD = "response_format";

  private final String wireName;

  ResponseFormats(String wireName) {
    this.wireName = wireName;
  }

  /**
   * Returns the name of the constant in requests, in the database and in the digest of a
   * connection.
   */
  public String wireName() {
    return wireName;
  }

  /** Returns the constant with this name, as requests send it and the database stores it. */
  public static ResponseFormats of(String wireName) {
    for (ResponseFormats each : values()) {
      if (each.wireName.equals(wireName)) {
        return each;
      }
    }
    throw new IllegalArgumentException("There is no response format " + wireName);
  }

  /**
   * Returns the request with its response format in the form that the server takes.
   *
   * @param model the name for error messages
   * @throws UnsupportedRequest when the request has a response format and the server takes none
   */
  public ObjectNode adaptRequest(ObjectNode request, String model) {
    JsonNode format = request.path(FIELD);
    String type = format.path("type").asString("");
    return switch (this) {
      case JSON_SCHEMA -> request;
      case JSON_OBJECT ->
          type.equals("json_schema") ? withJsonObjectFormat(request, format) : request;
      case NONE -> {
        if (!format.isMissingNode() && !format.isNull() && !type.equals("text")) {
          throw new UnsupportedRequest(
              "unsupported_response_format",
              FIELD,
              "%s takes no response format, as its connection says: omit %s, and ask for the form in a message."
                  .formatted(model, FIELD));
        }
        ObjectNode copy = request.objectNode().setAll(request);
        copy.remove(FIELD);
        yield copy;
      }
    };
  }

  private static ObjectNode withJsonObjectFormat(ObjectNode request, JsonNode format) {
    ObjectNode copy = request.objectNode().setAll(request);
    copy.putObject(FIELD)
        .put("type", "json_object")
        .set("schema", format.path("json_schema").path("schema"));
    return copy;
  }
}
