package io.plumbline.inference.provider.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Translates the messages of a chat request into those of the Messages API. Instructions are
 * separate there, all content is in blocks, and consecutive messages of one side become one
 * message.
 */
final class AnthropicMessages {

  private static final Pattern DATA_URL =
      Pattern.compile("data:(image/(?:jpeg|png|gif|webp));base64,(.+)", Pattern.DOTALL);

  private final String model;

  /**
   * Creates a translation.
   *
   * @param model the name for error messages
   */
  AnthropicMessages(String model) {
    this.model = model;
  }

  /** Puts {@code messages}, and {@code system} if there are instructions, into a request. */
  void translate(JsonNode messages, ObjectNode body) {
    ArrayNode system = JsonNodeFactory.instance.arrayNode();
    ArrayNode turns = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < messages.size(); i++) {
      RequestMessage asked = new RequestMessage(messages.get(i), i, model, AnthropicProtocol.TITLE);
      Message message = new Message(asked);
      switch (asked.role()) {
        case "system", "developer" -> system.addAll(message.instructionBlocks());
        case "user" -> addBlocks(turns, "user", message.userBlocks());
        case "assistant" -> addBlocks(turns, "assistant", message.assistantBlocks());
        case "tool" -> addBlocks(turns, "user", List.of(message.toolResult()));
        default -> throw asked.unsupportedContentException("role " + asked.role());
      }
    }
    if (turns.isEmpty()) {
      throw RequestMessage.missingInputException(model);
    }
    if (!system.isEmpty()) {
      body.set("system", system);
    }
    body.set("messages", turns);
  }

  private static void addBlocks(ArrayNode turns, String role, List<ObjectNode> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    JsonNode last = turns.isEmpty() ? MissingNode.getInstance() : turns.get(turns.size() - 1);
    if (last.path("role").asString("").equals(role)
        && last.path("content") instanceof ArrayNode said) {
      said.addAll(blocks);
    } else {
      turns.addObject().put("role", role).putArray("content").addAll(blocks);
    }
  }

  /** Translates one message into blocks. */
  private record Message(RequestMessage message) {

    List<ObjectNode> instructionBlocks() {
      message.requireOnlyFields(Set.of("role", "content"));
      return contentBlocks(false);
    }

    List<ObjectNode> userBlocks() {
      message.requireOnlyFields(Set.of("role", "content"));
      return contentBlocks(true);
    }

    List<ObjectNode> assistantBlocks() {
      message.requireOnlyFields(Set.of("role", "content", "refusal", "tool_calls"));
      List<ObjectNode> blocks = contentBlocks(false);
      addText(message.get("refusal").asString(""), blocks);
      for (JsonNode call : message.get("tool_calls").values()) {
        blocks.add(toolUse(call));
      }
      return blocks;
    }

    ObjectNode toolResult() {
      message.requireOnlyFields(Set.of("role", "content", "tool_call_id"));
      ObjectNode result = block("tool_result");
      result.set("tool_use_id", message.get("tool_call_id"));
      List<ObjectNode> content = contentBlocks(true);
      if (!content.isEmpty()) {
        result.putArray("content").addAll(content);
      }
      return result;
    }

    private ObjectNode toolUse(JsonNode call) {
      JsonNode function = message.function(call);
      ObjectNode use = block("tool_use");
      use.set("id", call.path("id"));
      use.set("name", function.path("name"));
      use.set("input", message.arguments(function));
      return use;
    }

    /** Returns the blocks of the content, without empty texts, which the API refuses. */
    private List<ObjectNode> contentBlocks(boolean images) {
      List<ObjectNode> blocks = new ArrayList<>();
      JsonNode content = message.get("content");
      if (content.isString()) {
        addText(content.asString(), blocks);
        return blocks;
      }
      for (JsonNode part : content.values()) {
        switch (part.path("type").asString("")) {
          case "text" -> {
            message.requireOnlyPartFields(part, Set.of("type", "text"));
            addText(part.path("text").asString(""), blocks);
          }
          case "refusal" -> addText(part.path("refusal").asString(""), blocks);
          case "image_url" -> {
            if (!images) {
              throw message.unsupportedContentException(
                  "an image, which only users and tools send there");
            }
            message.requireOnlyPartFields(part, Set.of("type", "image_url"));
            blocks.add(imageBlock(part.path("image_url")));
          }
          default ->
              throw message.unsupportedContentException(
                  "parts of type " + part.path("type").asString("unknown"));
        }
      }
      return blocks;
    }

    private static void addText(String text, List<ObjectNode> blocks) {
      if (!text.isEmpty()) {
        blocks.add(block("text").put("text", text));
      }
    }

    private ObjectNode imageBlock(JsonNode image) {
      String url = image.path("url").asString("");
      if (!image.path("detail").asString("auto").equals("auto")) {
        throw message.unsupportedContentException("image_url.detail other than auto");
      }
      ObjectNode block = block("image");
      ObjectNode source = block.putObject("source");
      Matcher data = DATA_URL.matcher(url);
      if (data.matches()) {
        source.put("type", "base64").put("media_type", data.group(1)).put("data", data.group(2));
      } else {
        throw message.unsupportedContentException(
            "images other than JPEG, PNG, GIF and WebP as a data URL in Base64");
      }
      return block;
    }

    private static ObjectNode block(String type) {
      return JsonNodeFactory.instance.objectNode().put("type", type);
    }
  }
}
