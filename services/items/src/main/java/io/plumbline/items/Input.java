package io.plumbline.items;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.plumbline.contracts.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The input of an application: a conversation up to the wanted answer, in the shape of the OpenAI
 * API, the values of a prompt's variables, or both. A text to be classified is a conversation of
 * one user message. A document that questions are answered from asks nothing, so it is the only
 * part of its input.
 *
 * @param messages empty when the variables state the whole request
 * @param tools tools that the call offers besides those of the prompt; mostly empty
 * @param variables values by the names of the prompt's variables; mostly empty
 * @param document absent in every input that asks something
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"messages", "tools", "variables", "document"})
public record Input(
    List<ObjectNode> messages,
    List<ObjectNode> tools,
    ObjectNode variables,
    @Nullable Document document) {

  @JsonCreator
  public Input(
      @Nullable List<ObjectNode> messages,
      @Nullable List<ObjectNode> tools,
      @Nullable ObjectNode variables,
      @Nullable Document document) {
    this.messages = List.copyOf(Objects.requireNonNullElse(messages, List.of()));
    this.tools = List.copyOf(Objects.requireNonNullElse(tools, List.of()));
    this.variables = Objects.requireNonNullElseGet(variables, JsonNodeFactory.instance::objectNode);
    this.document = document;
    boolean asks = !this.messages.isEmpty() || !this.variables.isEmpty();
    if (asks == (document != null)) {
      throw new IllegalArgumentException("An input is a conversation, variables or a document");
    }
  }

  public Input(List<ObjectNode> messages, @Nullable List<ObjectNode> tools) {
    this(messages, tools, null, null);
  }

  public static Input ofDocument(Document document) {
    return new Input(null, null, null, document);
  }

  public static Input ofText(String text) {
    return new Input(List.of(message(text)), null);
  }

  /** Returns the same input with the values of a prompt's variables. */
  public Input withVariables(ObjectNode values) {
    return new Input(messages, tools, values, document);
  }

  /** Returns the same input without the values of a prompt's variables. */
  public Input withoutVariables() {
    return variables.isEmpty() ? this : withVariables(JsonNodeFactory.instance.objectNode());
  }

  private static ObjectNode message(String text) {
    return JsonNodeFactory.instance.objectNode().put("role", "user").put("content", text);
  }

  /** Returns the text when the input is nothing but one user message of text. */
  @JsonIgnore
  public Optional<String> onlyText() {
    if (messages.size() != 1 || !tools.isEmpty() || !variables.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode message = messages.getFirst();
    JsonNode content = message.path("content");
    boolean plain =
        message.size() == 2
            && message.path("role").asString("").equals("user")
            && content.isString();
    if (plain) {
      return Optional.of(content.asString());
    }
    return Optional.empty();
  }

  /**
   * Returns everything that is said, message by message, by which inputs are compared: texts, the
   * names and arguments of tool calls and the digests of images. The values of the variables follow
   * in the order of their names. The roles are left out. An input that is a document gives its
   * text.
   */
  public String text() {
    return onlyText()
        .orElseGet(() -> {
          if (document != null) {
            return document.text();
          }
          List<String> texts = new ArrayList<>();
          messages.forEach(message -> addTexts(message, texts));
          texts.addAll(valuesIn(variables));
          return String.join("\n", texts);
        });
  }

  /**
   * Returns every text, number and truth value within, sorted by the names of members, so that
   * their order does not matter.
   */
  private static List<String> valuesIn(JsonNode value) {
    if (value.isObject()) {
      return value.properties().stream()
          .sorted(Map.Entry.comparingByKey())
          .flatMap(member -> valuesIn(member.getValue()).stream())
          .toList();
    }
    if (value.isArray()) {
      return value.valueStream().flatMap(each -> valuesIn(each).stream()).toList();
    }
    if (value.isNull()) {
      return List.of();
    }
    return List.of(value.asString());
  }

  static void addTexts(ObjectNode message, List<String> texts) {
    JsonNode content = message.path("content");
    if (content.isString()) {
      texts.add(content.asString());
    }
    if (content.isArray()) {
      content.forEach(part -> texts.add(textOrImageDigest(part)));
    }
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      texts.add(function.path("name").asString("") + " " + function.path("arguments").asString(""));
    }
  }

  private static String textOrImageDigest(JsonNode part) {
    String image = part.path("image_url").path("url").asString("");
    if (image.isEmpty()) {
      return part.path("text").asString("");
    }
    return Digest.ofText(image).toString();
  }

  /**
   * Returns the question: the text of the last message of the user, or else the longest text among
   * the values of the variables, or else everything that is said.
   */
  public String question() {
    return messages.reversed().stream()
        .filter(message -> message.path("role").asString("").equals("user"))
        .map(Input::textOf)
        .findFirst()
        .or(this::longestValue)
        .orElseGet(this::text);
  }

  private Optional<String> longestValue() {
    return variables
        .valueStream()
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .max(Comparator.comparingInt(String::length));
  }

  /** Returns the text of a message, which may be divided into parts. */
  private static String textOf(ObjectNode message) {
    JsonNode content = message.path("content");
    if (!content.isArray()) {
      return content.asString("");
    }
    return content
        .valueStream()
        .map(part -> part.path("text").asString(""))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /** Returns the input with the text of its last user message changed, or itself without one. */
  public Input withQuestion(TextChange change) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      ObjectNode message = messages.get(i);
      if (message.path("role").asString("").equals("user") && message.path("content").isString()) {
        List<ObjectNode> changed = new ArrayList<>(messages);
        changed.set(
            i, message.deepCopy().put("content", change.apply(message.path("content").asString())));
        return new Input(changed, tools, variables, document);
      }
    }
    return this;
  }

  /** A change of a text into another. */
  @FunctionalInterface
  public interface TextChange {
    String apply(String text);
  }
}
