package io.plumbline.inference.variant;

import io.plumbline.prompttemplate.rendering.InlineData;
import io.plumbline.prompttemplate.rendering.InlineImage;
import io.plumbline.prompttemplate.rendering.MessageFields;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The rules for the messages of every call. A variant's own prompt stands for the operator, so by
 * default its callers send only what people and the model said, as text. A model that is called
 * without a variant takes the messages of the OpenAI API. For both, images, sounds and files are in
 * the message itself: no address is handed to a model's server.
 */
public final class MessageRules {

  private final CallerPolicy policy;
  private final boolean tools;
  private final Predicate<String> extensions;
  private final String refusal;

  private MessageRules(
      CallerPolicy policy, boolean tools, Predicate<String> extensions, String refusal) {
    this.policy = policy;
    this.tools = tools;
    this.extensions = extensions;
    this.refusal = refusal;
  }

  /**
   * Returns the rules of a variant.
   *
   * @param tools whether the prompt itself has tools, so that tool calls and results are allowed
   */
  static MessageRules ofVariant(CallerPolicy policy, boolean tools) {
    boolean extended = policy.allows(CallerPermission.EXTENSIONS);
    return new MessageRules(
        policy,
        tools || policy.allows(CallerPermission.TOOLS),
        _ -> extended,
        "the variant takes: omit it, or call a variant whose caller policy allows extensions.");
  }

  /**
   * Returns the rules of a model that is called without a variant.
   *
   * @param extensions accepts the names of fields and types of parts beyond those of every variant
   */
  public static MessageRules ofBareModel(Predicate<String> extensions) {
    return new MessageRules(
        CallerPolicy.allowing(CallerPermission.values()),
        true,
        extensions,
        "the model takes: omit it, or ask an administrator to list it in passedFields of the"
            + " provider's connection.");
  }

  /**
   * Checks the messages of a call.
   *
   * @throws InvalidCall naming the first message that the variant does not take
   */
  public void checkMessages(List<? extends JsonNode> messages) {
    for (int i = 0; i < messages.size(); i++) {
      checkMessage(messages.get(i), "messages[%d]".formatted(i));
    }
  }

  private void checkMessage(JsonNode message, String at) {
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
    message
        .propertyStream()
        .filter(field -> !MessageFields.OF_MESSAGE.contains(field.getKey()))
        .filter(field -> !isUnset(field.getValue()))
        .forEach(field -> {
          String place = "%s.%s".formatted(at, field.getKey());
          requireExtensions(field.getKey(), place);
          // A text, such as a model's reasoning, is no address.
          if (field.getValue().isContainer()) {
            requireNoAddress(field.getValue(), place);
          }
        });
    JsonNode content = message.path("content");
    if (content.isObject()) {
      throw new InvalidCall("messages", at + ".content must be a text or a list of parts.");
    }
    for (int i = 0; content.isArray() && i < content.size(); i++) {
      checkPart(content.get(i), "%s.content[%d]".formatted(at, i));
    }
  }

  private void checkPart(JsonNode part, String at) {
    String type = part.path("type").asString("");
    Set<String> fields =
        MessageFields.ofPart(type)
            .orElseGet(() -> {
              requireExtensions(type, "%s of type %s".formatted(at, type));
              return new HashSet<>(List.of("type", type));
            });
    switch (type) {
      case "text", "refusal" -> {}
      case "image_url" -> checkImage(part.path("image_url").path("url").asString(""), at);
      case "input_audio" ->
          requireInline(
              InlineData.isInlineAudio(part.path(type)),
              at + ".input_audio.data",
              "the sound itself, in Base64");
      case "file" ->
          requireInline(
              InlineData.isInlineFile(part.path(type)),
              at + ".file.file_data",
              "the file itself, such as data:application/pdf;base64,…");
      default -> requireNoAddress(part, at);
    }
    part.propertyStream()
        .filter(field -> !fields.contains(field.getKey()))
        .forEach(field -> {
          String place = "%s.%s".formatted(at, field.getKey());
          requireExtensions(field.getKey(), place);
          requireNoAddress(field.getValue(), place);
        });
  }

  private static void requireNoAddress(JsonNode value, String at) {
    if (InlineData.containsAddress(value)) {
      throw new InvalidCall(
          "messages",
          at
              + " holds an address: send the content itself, such as data:video/mp4;base64,…;"
              + " addresses are not fetched.");
    }
  }

  private static void requireInline(boolean inline, String at, String what) {
    if (!inline) {
      throw new InvalidCall(
          "messages",
          "%s must hold %s; addresses and ids of files are not fetched.".formatted(at, what));
    }
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

  private void requireExtensions(String name, String what) {
    if (!extensions.test(name)) {
      throw new InvalidCall(
          "messages", "%s is not a part of messages that %s".formatted(what, refusal));
    }
  }

  /** Returns whether a client left a field unset: some write null, or an empty list. */
  private static boolean isUnset(JsonNode value) {
    return value.isNull() || (value.isArray() && value.isEmpty());
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
