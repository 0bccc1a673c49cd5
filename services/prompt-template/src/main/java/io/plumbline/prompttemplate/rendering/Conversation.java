package io.plumbline.prompttemplate.rendering;

import io.plumbline.prompttemplate.content.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The messages of a caller, in the shape of the OpenAI API. They pass unchanged, with two
 * exceptions: empty fields (null, an empty list) are left out, and a content whose parts are all
 * plain text is joined to one text.
 *
 * @param messages the messages, each with a role, and with a content unless it calls tools
 */
public record Conversation(List<ObjectNode> messages) implements ParsedConversation {

  public static final Conversation EMPTY = new Conversation(List.of());

  /** The most messages that a call may have. */
  public static final int MAX_MESSAGES = 2_000;

  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");
  private static final Set<String> TEXT_FIELDS = Set.of("type", "text");

  public Conversation {
    messages = List.copyOf(messages);
  }

  /**
   * Reads a caller's messages.
   *
   * @param messages a list of messages
   */
  public static ParsedConversation parse(JsonNode messages) {
    if (messages.size() > MAX_MESSAGES) {
      return new Malformed(
          List.of(
              new Violation(
                  "/conversation", "must have at most %d messages".formatted(MAX_MESSAGES))));
    }
    List<ObjectNode> read = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      String at = "/conversation/" + i;
      if (messages.get(i) instanceof ObjectNode message
          && ROLES.contains(message.path("role").asString(""))) {
        ObjectNode sent = withoutEmptyFields(message);
        contentViolation(sent, at)
            .ifPresentOrElse(violations::add, () -> read.add(joinTextParts(sent)));
      } else {
        violations.add(
            new Violation(
                at, "must be an object with a role: system, developer, user, assistant or tool"));
      }
    }
    if (violations.isEmpty()) {
      return new Conversation(read);
    }
    return new Malformed(List.copyOf(violations));
  }

  public boolean isEmpty() {
    return messages.isEmpty();
  }

  /** Returns the last user message; empty without one. */
  public Optional<ObjectNode> lastUserMessage() {
    return messages.reversed().stream()
        .filter(message -> message.path("role").asString("").equals("user"))
        .findFirst();
  }

  /** Returns the text of a message; of a message in parts, the texts of its parts in lines. */
  public static String text(ObjectNode message) {
    JsonNode content = message.path("content");
    if (!content.isArray()) {
      return content.asString("");
    }
    return content
        .valueStream()
        .map(part -> part.path("text").asString(""))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static ObjectNode withoutEmptyFields(ObjectNode message) {
    ObjectNode sent = message.deepCopy();
    message
        .propertyStream()
        .filter(field ->
            field.getValue().isNull() || (field.getValue().isArray() && field.getValue().isEmpty()))
        .forEach(field -> sent.remove(field.getKey()));
    return sent;
  }

  private static Optional<Violation> contentViolation(ObjectNode message, String at) {
    JsonNode content = message.path("content");
    if (content.isString()) {
      return Optional.empty();
    }
    if (content.isMissingNode()) {
      boolean answered =
          message.has("tool_calls") || message.has("function_call") || message.has("refusal");
      if (answered && message.path("role").asString("").equals("assistant")) {
        return Optional.empty();
      }
      return Optional.of(new Violation(at + "/content", "must be a text or a list of parts"));
    }
    if (!content.isArray()) {
      return Optional.of(new Violation(at + "/content", "must be a text or a list of parts"));
    }
    for (int i = 0; i < content.size(); i++) {
      JsonNode part = content.get(i);
      boolean text = part.path("type").asString("").equals("text");
      if (!part.path("type").isString() || (text && !part.path("text").isString())) {
        return Optional.of(
            new Violation(
                "%s/content/%d".formatted(at, i),
                "must be a part with a type, such as {\"type\":\"text\",\"text\":\"…\"}"));
      }
    }
    return Optional.empty();
  }

  private static ObjectNode joinTextParts(ObjectNode message) {
    JsonNode content = message.path("content");
    boolean text =
        content.isArray()
            && content
                .valueStream()
                .allMatch(part ->
                    part.path("type").asString("").equals("text")
                        && TEXT_FIELDS.containsAll(part.propertyNames()));
    if (text) {
      return message.put("content", allText(content));
    }
    return message;
  }

  private static String allText(JsonNode parts) {
    return parts
        .valueStream()
        .map(part -> part.path("text").asString(""))
        .collect(Collectors.joining("\n"));
  }
}
