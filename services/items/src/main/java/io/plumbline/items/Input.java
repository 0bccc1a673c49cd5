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
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an application is asked: a conversation up to the answer that is wanted, in the shape of the
 * OpenAI API, the values of a prompt's variables, or both. A text to be classified is a
 * conversation of one user message. A document that questions are answered from asks nothing: it
 * stands here alone.
 *
 * @param messages none where the variables say all that is asked
 * @param tools that the call offers besides those of the prompt; mostly none
 * @param variables values by the names of the prompt's variables; mostly none
 * @param document absent in all that is asked
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
    this.messages = messages == null ? List.of() : List.copyOf(messages);
    this.tools = tools == null ? List.of() : List.copyOf(tools);
    this.variables = variables == null ? JsonNodeFactory.instance.objectNode() : variables;
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

  /** The text, where the input is nothing but one user message of text. */
  @JsonIgnore
  public Optional<String> onlyText() {
    if (messages.size() != 1 || !tools.isEmpty() || !variables.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode message = messages.getFirst();
    JsonNode content = message.path("content");
    return message.size() == 2
            && message.path("role").asString("").equals("user")
            && content.isString()
        ? Optional.of(content.asString())
        : Optional.empty();
  }

  /**
   * Everything that is said, message by message, by which inputs are compared: texts, the names and
   * arguments of tool calls, the digests of images, and behind them the values of the variables, by
   * name. Who said it is left out. Of a document its text.
   */
  public String text() {
    return onlyText()
        .orElseGet(() -> {
          if (document != null) {
            return document.text();
          }
          List<String> said = new ArrayList<>();
          messages.forEach(message -> addSaid(message, said));
          said.addAll(valuesIn(variables));
          return String.join("\n", said);
        });
  }

  /**
   * Returns every text, number and truth value within, by the names of members, so that their order
   * says nothing.
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
    return value.isNull() ? List.of() : List.of(value.asString());
  }

  static void addSaid(ObjectNode message, List<String> said) {
    JsonNode content = message.path("content");
    if (content.isString()) {
      said.add(content.asString());
    }
    for (JsonNode part : content.isArray() ? content : JsonNodeFactory.instance.arrayNode()) {
      String image = part.path("image_url").path("url").asString("");
      said.add(image.isEmpty() ? part.path("text").asString("") : Digest.ofText(image).toString());
    }
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      said.add(function.path("name").asString("") + " " + function.path("arguments").asString(""));
    }
  }

  /**
   * Returns what is asked: the text of the last message of the user, or else the longest text among
   * the values of the variables; without either everything that is said.
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
    return content.isArray()
        ? content
            .valueStream()
            .map(part -> part.path("text").asString(""))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(" "))
        : content.asString("");
  }

  /** The same input with the text of its last user message changed; the same without one. */
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

  /** Another text for a text. */
  @FunctionalInterface
  public interface TextChange {
    String apply(String text);
  }
}
