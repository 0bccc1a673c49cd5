package io.plumbline.items;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.plumbline.contracts.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an application is asked: a conversation up to the answer that is wanted, in the shape of the
 * OpenAI API. A text to be classified is a conversation of one user message. A document that
 * questions are answered from asks nothing: it stands here alone.
 *
 * @param tools that the call offers besides those of the prompt; mostly none
 * @param document absent in all that is asked
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"messages", "tools", "document"})
public record Input(
    List<ObjectNode> messages, List<ObjectNode> tools, @Nullable Document document) {

  @JsonCreator
  public Input(
      @Nullable List<ObjectNode> messages,
      @Nullable List<ObjectNode> tools,
      @Nullable Document document) {
    this.messages = messages == null ? List.of() : List.copyOf(messages);
    this.tools = tools == null ? List.of() : List.copyOf(tools);
    this.document = document;
    if (this.messages.isEmpty() == (document == null)) {
      throw new IllegalArgumentException("An input is a conversation or a document");
    }
  }

  public Input(List<ObjectNode> messages, @Nullable List<ObjectNode> tools) {
    this(messages, tools, null);
  }

  public static Input ofDocument(Document document) {
    return new Input(null, null, document);
  }

  public static Input ofText(String text) {
    return new Input(List.of(message(text)), null);
  }

  private static ObjectNode message(String text) {
    return JsonNodeFactory.instance.objectNode().put("role", "user").put("content", text);
  }

  /** The text, where the input is nothing but one user message of text. */
  @JsonIgnore
  public Optional<String> onlyText() {
    if (messages.size() != 1 || !tools.isEmpty()) {
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
   * arguments of tool calls, and the digests of images. Who said it is left out. Of a document its
   * text.
   */
  public String text() {
    return onlyText()
        .orElseGet(() -> {
          if (document != null) {
            return document.text();
          }
          List<String> said = new ArrayList<>();
          messages.forEach(message -> addSaid(message, said));
          return String.join("\n", said);
        });
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

  /** The same input with the text of its last user message changed; the same without one. */
  public Input withQuestion(TextChange change) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      ObjectNode message = messages.get(i);
      if (message.path("role").asString("").equals("user") && message.path("content").isString()) {
        List<ObjectNode> changed = new ArrayList<>(messages);
        changed.set(
            i, message.deepCopy().put("content", change.apply(message.path("content").asString())));
        return new Input(changed, tools);
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
