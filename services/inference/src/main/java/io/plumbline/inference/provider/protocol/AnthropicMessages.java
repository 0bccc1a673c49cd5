package io.plumbline.inference.provider.protocol;

import static io.plumbline.inference.provider.protocol.AnthropicRequest.isUsed;

import io.plumbline.inference.UnsupportedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The messages of a chat request as those of the Messages API: instructions apart, blocks for all
 * content, and what one side says in a row as one message.
 */
final class AnthropicMessages {

  private static final Pattern DATA_URL =
      Pattern.compile("data:(image/(?:jpeg|png|gif|webp));base64,(.+)", Pattern.DOTALL);

  private final String model;

  /**
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
      Message message = new Message(messages.get(i), i);
      switch (message.role()) {
        case "system", "developer" -> system.addAll(message.instructions());
        case "user" -> add(turns, "user", message.asked());
        case "assistant" -> add(turns, "assistant", message.answered());
        case "tool" -> add(turns, "user", List.of(message.result()));
        default -> throw message.unsupported("role " + message.role());
      }
    }
    if (turns.isEmpty()) {
      throw new UnsupportedRequest(
          "missing_input",
          "messages",
          model + " answers a message: send at least one of role user that is not empty.");
    }
    if (!system.isEmpty()) {
      body.set("system", system);
    }
    body.set("messages", turns);
  }

  private static void add(ArrayNode turns, String role, List<ObjectNode> blocks) {
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

  /** One message, and its place for error messages. */
  private final class Message {

    private final JsonNode message;
    private final int index;

    Message(JsonNode message, int index) {
      this.message = message;
      this.index = index;
    }

    String role() {
      return message.path("role").asString("");
    }

    List<ObjectNode> instructions() {
      only(message, Set.of("role", "content"), "");
      return content(false);
    }

    List<ObjectNode> asked() {
      only(message, Set.of("role", "content"), "");
      return content(true);
    }

    List<ObjectNode> answered() {
      only(message, Set.of("role", "content", "refusal", "tool_calls"), "");
      List<ObjectNode> blocks = content(false);
      text(message.path("refusal").asString(""), blocks);
      for (JsonNode call : message.path("tool_calls").values()) {
        blocks.add(call(call));
      }
      return blocks;
    }

    ObjectNode result() {
      only(message, Set.of("role", "content", "tool_call_id"), "");
      ObjectNode result = block("tool_result");
      result.set("tool_use_id", message.path("tool_call_id"));
      List<ObjectNode> content = content(true);
      if (!content.isEmpty()) {
        result.putArray("content").addAll(content);
      }
      return result;
    }

    private ObjectNode call(JsonNode call) {
      JsonNode function = call.path("function");
      if (!function.isObject()) {
        throw unsupported("tool_calls of other types than function");
      }
      ObjectNode use = block("tool_use");
      use.set("id", call.path("id"));
      use.set("name", function.path("name"));
      use.set("input", arguments(function.path("arguments").asString("")));
      return use;
    }

    private JsonNode arguments(String arguments) {
      if (arguments.isBlank()) {
        return JsonNodeFactory.instance.objectNode();
      }
      try {
        JsonNode input = JsonMapper.shared().readTree(arguments);
        if (input.isObject()) {
          return input;
        }
      } catch (JacksonException e) {
        // As any other text that is no object.
      }
      throw unsupported("tool_calls whose arguments are no JSON object");
    }

    /** Without empty texts, which the API refuses and which say nothing. */
    private List<ObjectNode> content(boolean images) {
      List<ObjectNode> blocks = new ArrayList<>();
      JsonNode content = message.path("content");
      if (content.isString()) {
        text(content.asString(), blocks);
        return blocks;
      }
      for (JsonNode part : content.values()) {
        switch (part.path("type").asString("")) {
          case "text" -> {
            only(part, Set.of("type", "text"), "content.");
            text(part.path("text").asString(""), blocks);
          }
          case "refusal" -> text(part.path("refusal").asString(""), blocks);
          case "image_url" -> {
            if (!images) {
              throw unsupported("an image, which only users and tools send there");
            }
            only(part, Set.of("type", "image_url"), "content.");
            blocks.add(image(part.path("image_url")));
          }
          default -> throw unsupported("parts of type " + part.path("type").asString("unknown"));
        }
      }
      return blocks;
    }

    private static void text(String text, List<ObjectNode> blocks) {
      if (!text.isEmpty()) {
        blocks.add(block("text").put("text", text));
      }
    }

    private ObjectNode image(JsonNode image) {
      String url = image.path("url").asString("");
      if (!image.path("detail").asString("auto").equals("auto")) {
        throw unsupported("image_url.detail other than auto");
      }
      ObjectNode block = block("image");
      ObjectNode source = block.putObject("source");
      Matcher data = DATA_URL.matcher(url);
      if (data.matches()) {
        source.put("type", "base64").put("media_type", data.group(1)).put("data", data.group(2));
      } else if (url.startsWith("https://") || url.startsWith("http://")) {
        source.put("type", "url").put("url", url);
      } else {
        throw unsupported("images other than JPEG, PNG, GIF and WebP as a data URL in Base64");
      }
      return block;
    }

    private static ObjectNode block(String type) {
      return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private void only(JsonNode of, Set<String> known, String where) {
      of.properties().stream()
          .filter(field -> !known.contains(field.getKey()) && isUsed(field.getValue()))
          .findFirst()
          .ifPresent(field -> {
            throw unsupported(where + field.getKey());
          });
    }

    UnsupportedRequest unsupported(String what) {
      return new UnsupportedRequest(
          "unsupported_content",
          "messages",
          "messages[%d] has %s, for which Anthropic's API, which answers for %s, has nothing: omit it."
              .formatted(index, what, model));
    }
  }
}
