package io.plumbline.inference.variant;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A prompt version's content, with compiled templates.
 *
 * @param declared the names of all variables
 * @param required the variables that must have a value
 * @param responseFormat JSON Schema of the answer
 */
record PromptContent(
    List<Message> messages,
    Set<String> declared,
    Set<String> required,
    List<Example> examples,
    @Nullable JsonNode responseFormat) {

  record Message(String role, PromptTemplate template) {}

  record Example(String input, String output) {}

  static PromptContent read(JsonNode version) {
    JsonNode content = version.path("content").isObject() ? version.path("content") : version;
    List<Message> messages = new ArrayList<>();
    content
        .path("messages")
        .values()
        .forEach(message ->
            messages.add(
                new Message(
                    message.path("role").asString(),
                    PromptTemplate.compile(message.path("content").asString()))));
    List<Example> examples = new ArrayList<>();
    content
        .path("examples")
        .values()
        .forEach(example ->
            examples.add(
                new Example(example.path("input").asString(), example.path("output").asString())));
    Set<String> required = new TreeSet<>();
    content
        .path("variables")
        .path("required")
        .values()
        .forEach(name -> required.add(name.asString()));
    JsonNode format = content.path("responseFormat");
    return new PromptContent(
        messages,
        new TreeSet<>(content.path("variables").path("properties").propertyNames()),
        required,
        examples,
        format.isObject() ? format : null);
  }

  /**
   * The variables that a single user message may fill: the required ones, or the only one there is.
   */
  Set<String> fillable() {
    return required.isEmpty() && declared.size() == 1 ? declared : required;
  }
}
