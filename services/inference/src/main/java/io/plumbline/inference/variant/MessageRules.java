package io.plumbline.inference.variant;

import io.plumbline.prompttemplate.rendering.Conversation;
import io.plumbline.prompttemplate.rendering.InlineImage;
import io.plumbline.prompttemplate.rendering.MessageFields;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules for the messages that a caller may send to a variant. The variant's own prompt stands
 * for the operator, so by default a caller sends only what people and the model said, as text.
 */
final class MessageRules {

  private final CallerPolicy policy;
  private final boolean tools;

  /**
   * Creates the rules of a variant.
   *
   * @param tools whether the prompt itself has tools, so that tool calls and results are allowed
   */
  MessageRules(CallerPolicy policy, boolean tools) {
    this.policy = policy;
    this.tools = tools || policy.allows(CallerPermission.TOOLS);
  }

  /**
   * Checks the messages of a call.
   *
   * @throws InvalidCall naming the first message that the variant does not take
   */
  void checkMessages(Conversation conversation) {
    for (int i = 0; i < conversation.messages().size(); i++) {
      checkMessage(conversation.messages().get(i), "messages[%d]".formatted(i));
    }
  }

  private void checkMessage(ObjectNode message, String at) {
    String role = message.path("role").asString("");
    switch (role) {
      case "system", "developer" ->
          requireAllowed(
              policy.allows(CallerPermission.SYSTEM_MESSAGES),
              "%s has the role %s, but the variant has instructions of its own".formatted(at, role),
              "omit the message",
              CallerPermission.SYSTEM_MESSAGES);
      case "tool", "function" -> requireTools(at + " is the result of a tool");
      default -> {}
    }
    if (message.has("tool_calls") || message.has("function_call")) {
      requireTools(at + " calls a tool");
    }
    message.propertyNames().stream()
        .filter(field -> !MessageFields.OF_MESSAGE.contains(field))
        .forEach(field -> requireExtensions("%s.%s".formatted(at, field)));
    JsonNode content = message.path("content");
    for (int i = 0; content.isArray() && i < content.size(); i++) {
      checkPart(content.get(i), "%s.content[%d]".formatted(at, i));
    }
  }

  private void checkPart(JsonNode part, String at) {
    String type = part.path("type").asString("");
    Set<String> fields = MessageFields.ofPart(type).orElse(null);
    if (fields == null) {
      requireExtensions("%s of type %s".formatted(at, type));
      return;
    }
    if (type.equals("image_url")) {
      checkImage(part.path("image_url").path("url").asString(""), at);
    }
    part.propertyNames().stream()
        .filter(field -> !fields.contains(field))
        .forEach(field -> requireExtensions("%s.%s".formatted(at, field)));
  }

  private void checkImage(String url, String at) {
    requireAllowed(
        policy.allows(CallerPermission.IMAGES),
        at + " is an image, which the variant does not take",
        "send parts of text only",
        CallerPermission.IMAGES);
    if (!InlineImage.isInlineImageUrl(url)) {
      throw new InvalidCall(
          "messages",
          at
              + ".image_url.url must hold the image itself: send "
              + InlineImage.EXAMPLE
              + "; addresses are not fetched.");
    }
  }

  private void requireTools(String what) {
    requireAllowed(
        tools,
        what + ", but neither the variant's prompt nor its callers have tools",
        "omit the message",
        CallerPermission.TOOLS);
  }

  private void requireExtensions(String what) {
    requireAllowed(
        policy.allows(CallerPermission.EXTENSIONS),
        what + " is not a part of messages that the variant takes",
        "omit it",
        CallerPermission.EXTENSIONS);
  }

  private static void requireAllowed(
      boolean allowed, String what, String instead, CallerPermission permission) {
    if (!allowed) {
      throw new InvalidCall(
          "messages",
          "%s: %s, or call a variant whose caller policy allows %s."
              .formatted(what, instead, permission.wireName()));
    }
  }
}
