package io.plumbline.inference.local;

import io.plumbline.inference.UnsupportedRequest;
import io.plumbline.localmodels.ChoiceOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A chat request in the form of a choice between options.
 *
 * @param property the name of the one enumerated property of {@code response_format}
 * @param options the options to choose from, in the order of the schema
 * @param examples the earlier exchanges whose answer is one of the options
 * @param input the text of the last user message
 */
public record ChoiceRequest(
    String property, List<ChoiceOption> options, List<Example> examples, String input) {

  private static final int MAX_OPTIONS = 1_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SUPPORTED =
      "%s is an embedding choice model, not a language model: send response_format of type"
          + " json_schema whose schema has exactly one property, with an enum of strings or a oneOf"
          + " of const and description; it then picks one of those options.";

  /**
   * An earlier exchange whose answer is one of the options.
   *
   * @param input the text of the user message
   * @param option the index of the option, counted from 0
   */
  public record Example(String input, int option) {}

  /**
   * Reads a chat request as a choice.
   *
   * @param model the name for error messages
   * @throws UnsupportedRequest naming the field that the model does not support
   */
  static ChoiceRequest read(JsonNode request, String model) {
    LocalRequestChecks.requireTextOnly(request, model);
    LocalRequestChecks.requireOneAnswer(
        request, model + " gives one choice: omit n, and read the other options from logprobs.");
    JsonNode property = enumeratedProperty(request, model);
    String name =
        request
            .path("response_format")
            .path("json_schema")
            .path("schema")
            .path("properties")
            .propertyNames()
            .iterator()
            .next();
    List<JsonNode> messages = request.path("messages").valueStream().toList();
    List<ChoiceOption> options = options(property, systemTexts(messages), model);
    int last =
        LocalRequestChecks.lastUserMessageIndex(
            messages, "The choice is made for the last user message: send at least one.");
    return new ChoiceRequest(
        name,
        options,
        examples(messages.subList(0, last), options, name),
        LocalRequestChecks.messageText(messages.get(last), last));
  }

  private static JsonNode enumeratedProperty(JsonNode request, String model) {
    JsonNode format = request.path("response_format");
    JsonNode properties = format.path("json_schema").path("schema").path("properties");
    if (!format.path("type").asString("").equals("json_schema")
        || !properties.isObject()
        || properties.size() != 1) {
      throw new UnsupportedRequest(
          "unsupported_response_format", "response_format", SUPPORTED.formatted(model));
    }
    return properties.values().iterator().next();
  }

  private static List<ChoiceOption> options(JsonNode property, List<String> system, String model) {
    List<ChoiceOption> options = new ArrayList<>();
    property
        .path("enum")
        .values()
        .forEach(label -> options.add(new ChoiceOption(labelOf(label, model), null)));
    property
        .path("oneOf")
        .values()
        .forEach(option ->
            options.add(
                new ChoiceOption(
                    labelOf(option.path("const"), model),
                    option.path("description").asString(null))));
    Set<String> labels = new LinkedHashSet<>();
    options.forEach(option -> labels.add(option.label()));
    if (options.isEmpty() || labels.size() != options.size() || options.size() > MAX_OPTIONS) {
      throw new UnsupportedRequest(
          "unsupported_response_format",
          "response_format",
          SUPPORTED.formatted(model)
              + " There must be 1 to "
              + MAX_OPTIONS
              + " different options.");
    }
    return options.stream().map(option -> withDescription(option, system)).toList();
  }

  private static String labelOf(JsonNode label, String model) {
    if (!label.isString() || label.asString().isBlank()) {
      throw new UnsupportedRequest(
          "unsupported_response_format", "response_format", SUPPORTED.formatted(model));
    }
    return label.asString();
  }

  /**
   * Returns an option with its description: that of the schema, else that of a line {@code label:
   * description} of a system message.
   */
  private static ChoiceOption withDescription(ChoiceOption option, List<String> system) {
    if (option.description() != null) {
      return option;
    }
    return system.stream()
        .flatMap(String::lines)
        .map(line -> description(line, option.label()))
        .flatMap(Optional::stream)
        .findFirst()
        .map(description -> new ChoiceOption(option.label(), description))
        .orElse(option);
  }

  private static Optional<String> description(String line, String label) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String name = line.substring(0, colon).replaceAll("^[\\s*\\-•\"'`]+|[\\s*\"'`]+$", "");
    String description = line.substring(colon + 1).replaceAll("^[\\s*]+", "").strip();
    if (description.isEmpty() || !name.equalsIgnoreCase(label)) {
      return Optional.empty();
    }
    return Optional.of(description);
  }

  private static List<String> systemTexts(List<JsonNode> messages) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      String role = messages.get(i).path("role").asString("");
      if (role.equals("system") || role.equals("developer")) {
        texts.add(LocalRequestChecks.messageText(messages.get(i), i));
      }
    }
    return texts;
  }

  private static List<Example> examples(
      List<JsonNode> earlier, List<ChoiceOption> options, String property) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i + 1 < earlier.size(); i++) {
      if (earlier.get(i).path("role").asString("").equals("user")
          && earlier.get(i + 1).path("role").asString("").equals("assistant")) {
        String question = LocalRequestChecks.messageText(earlier.get(i), i);
        findOption(LocalRequestChecks.messageText(earlier.get(i + 1), i + 1), options, property)
            .ifPresent(option -> examples.add(new Example(question, option)));
      }
    }
    return examples;
  }

  /**
   * Finds the index of the option that an answer names, by its label or by the JSON that the model
   * itself would answer.
   */
  private static Optional<Integer> findOption(
      String answer, List<ChoiceOption> options, String property) {
    String label = answer.strip();
    if (label.startsWith("{")) {
      try {
        label = JSON.readTree(label).path(property).asString("");
      } catch (JacksonException notJson) {
        return Optional.empty();
      }
    }
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).label().equals(label)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
