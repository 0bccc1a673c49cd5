package io.plumbline.inference.provider.protocol;

import io.plumbline.inference.UnsupportedRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Translates the messages of a chat request of the OpenAI API into the contents of a Gemini
 * request. There, system messages are separate from the contents, consecutive messages of one side
 * become one content, and each result of a tool names its function.
 */
final class GeminiMessages {

  /**
   * The placeholder that Gemini accepts in place of a thought signature. A model with thinking
   * levels refuses an assistant message whose tool calls have no signature at all. That happens
   * when another model made the calls or the caller dropped the signatures, and then the first call
   * of the message gets this placeholder (<a
   * href="https://ai.google.dev/gemini-api/docs/thought-signatures">documentation</a>).
   */
  static final String UNSIGNED = "skip_thought_signature_validator";

  private static final Pattern DATA_URL =
      Pattern.compile("data:(image/(?:png|jpeg|webp|heic|heif));base64,(.+)", Pattern.DOTALL);

  /**
   * The side that sends a message. Results of tools have the role of the user, but are a content of
   * their own.
   */
  private enum Side {
    USER("user"),
    TOOL("user"),
    MODEL("model");

    private final String role;

    Side(String role) {
      this.role = role;
    }
  }

  private record Turn(Side side, List<ObjectNode> parts) {}

  private final GeminiModel model;
  private final List<ObjectNode> system = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();

  /** The name of the called function, by the id of the tool call. */
  private final Map<String, JsonNode> functions = new HashMap<>();

  GeminiMessages(GeminiModel model) {
    this.model = model;
  }

  /**
   * Puts the messages into the body of a Gemini request: the system and developer messages as
   * {@code systemInstruction}, if there are any, and all others as {@code contents}.
   *
   * @throws UnsupportedRequest when Gemini has no form for a message, or none of them asks anything
   */
  void translate(JsonNode messages, ObjectNode body) {
    for (int i = 0; i < messages.size(); i++) {
      translateMessage(
          new RequestMessage(messages.get(i), i, model.nameForCallers(), GeminiProtocol.TITLE));
    }
    if (turns.isEmpty()) {
      throw RequestMessage.missingInputException(model.nameForCallers());
    }
    if (!system.isEmpty()) {
      body.putObject("systemInstruction").putArray("parts").addAll(system);
    }
    ArrayNode contents = body.putArray("contents");
    turns.forEach(turn ->
        contents.addObject().put("role", turn.side.role).putArray("parts").addAll(turn.parts));
  }

  private void translateMessage(RequestMessage message) {
    switch (message.role()) {
      case "system", "developer" -> {
        message.requireOnlyFields(Set.of("role", "content"));
        system.addAll(contentParts(message, false));
      }
      case "user" -> {
        message.requireOnlyFields(Set.of("role", "content"));
        addParts(Side.USER, contentParts(message, true));
      }
      case "assistant" -> {
        message.requireOnlyFields(Set.of("role", "content", "refusal", "tool_calls"));
        addParts(Side.MODEL, assistantParts(message));
      }
      case "tool" -> {
        message.requireOnlyFields(Set.of("role", "content", "tool_call_id"));
        addParts(Side.TOOL, List.of(functionResponse(message)));
      }
      default -> throw message.unsupportedContentException("role " + message.role());
    }
  }

  private void addParts(Side side, List<ObjectNode> parts) {
    if (parts.isEmpty()) {
      return;
    }
    if (turns.isEmpty() || turns.getLast().side != side) {
      turns.add(new Turn(side, new ArrayList<>()));
    }
    turns.getLast().parts.addAll(parts);
  }

  private List<ObjectNode> assistantParts(RequestMessage message) {
    List<ObjectNode> parts = contentParts(message, false);
    addText(message.get("refusal").asString(""), parts);
    List<ObjectNode> calls =
        message.get("tool_calls").valueStream().map(call -> functionCall(message, call)).toList();
    if (model.hasThinkingLevels()
        && !calls.isEmpty()
        && calls.stream().noneMatch(call -> call.has(GeminiAnswer.SIGNATURE))) {
      calls.getFirst().put(GeminiAnswer.SIGNATURE, UNSIGNED);
    }
    parts.addAll(calls);
    return parts;
  }

  private ObjectNode functionCall(RequestMessage message, JsonNode call) {
    JsonNode function = message.function(call);
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    ObjectNode made = part.putObject("functionCall");
    if (call.path("id").isString()) {
      made.set("id", call.path("id"));
      functions.put(call.path("id").asString(), function.path("name"));
    }
    made.set("name", function.path("name"));
    made.set("args", message.arguments(function));
    JsonNode signature = call.at(GeminiAnswer.SIGNATURE_OF_CALL);
    if (signature.isString()) {
      part.set(GeminiAnswer.SIGNATURE, signature);
    }
    return part;
  }

  private ObjectNode functionResponse(RequestMessage message) {
    String id = message.get("tool_call_id").asString("");
    JsonNode name = functions.get(id);
    if (name == null) {
      throw new UnsupportedRequest(
          "unsupported_content",
          "messages",
          ("messages[%d] is the result of the call '%s', which no message before it makes: %s needs"
                  + " the function of each result, so send the message with the call, too.")
              .formatted(message.index(), id, model.nameForCallers()));
    }
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    ObjectNode result = part.putObject("functionResponse").put("id", id);
    result.set("name", name);
    List<ObjectNode> content = contentParts(message, true);
    result
        .putObject("response")
        .put(
            "output",
            content.stream()
                .filter(each -> each.has("text"))
                .map(each -> each.path("text").asString())
                .collect(Collectors.joining("\n")));
    List<ObjectNode> images = content.stream().filter(each -> !each.has("text")).toList();
    if (!images.isEmpty()) {
      result.putArray("parts").addAll(images);
    }
    return part;
  }

  /**
   * Returns the content of a message as parts of a Gemini content. Empty texts are left out.
   *
   * @param images whether the message may have images
   * @throws UnsupportedRequest for an image where none may be, and for parts that are neither text,
   *     refusal nor image
   */
  private static List<ObjectNode> contentParts(RequestMessage message, boolean images) {
    List<ObjectNode> parts = new ArrayList<>();
    JsonNode content = message.get("content");
    if (content.isString()) {
      addText(content.asString(), parts);
      return parts;
    }
    for (JsonNode part : content.values()) {
      String type = part.path("type").asString("unknown");
      switch (type) {
        case "text" -> {
          message.requireOnlyPartFields(part, Set.of("type", "text"));
          addText(part.path("text").asString(""), parts);
        }
        case "refusal" -> addText(part.path("refusal").asString(""), parts);
        case "image_url" -> {
          if (!images) {
            throw message.unsupportedContentException(
                "an image, which only users and tools send there");
          }
          message.requireOnlyPartFields(part, Set.of("type", "image_url"));
          parts.add(imagePart(message, part.path("image_url")));
        }
        default -> throw message.unsupportedContentException("parts of type " + type);
      }
    }
    return parts;
  }

  private static void addText(String text, List<ObjectNode> parts) {
    if (!text.isEmpty()) {
      parts.add(JsonNodeFactory.instance.objectNode().put("text", text));
    }
  }

  private static ObjectNode imagePart(RequestMessage message, JsonNode image) {
    if (!image.path("detail").asString("auto").equals("auto")) {
      throw message.unsupportedContentException("image_url.detail other than auto");
    }
    Matcher data = DATA_URL.matcher(image.path("url").asString(""));
    if (!data.matches()) {
      throw message.unsupportedContentException(
          "images other than PNG, JPEG, WebP, HEIC and HEIF as a data URL in Base64");
    }
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    part.putObject("inlineData").put("mimeType", data.group(1)).put("data", data.group(2));
    return part;
  }
}
