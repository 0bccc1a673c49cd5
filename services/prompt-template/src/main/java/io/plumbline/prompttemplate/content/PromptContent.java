package io.plumbline.prompttemplate.content;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.plumbline.prompttemplate.template.ComposedTemplate;
import io.plumbline.prompttemplate.template.Template;
import io.plumbline.prompttemplate.template.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The content of a prompt version, identified by the digest of its canonical JSON. Author, message
 * and number of the version are not part of the content, so that equal contents are recognised
 * across versions and prompts.
 *
 * @param variables JSON Schema of type object, one property per variable
 * @param parameters model parameters of the OpenAI API ({@code temperature}, {@code max_tokens} …)
 * @param responseFormat JSON Schema of the answer, by itself or in the wrapping of the OpenAI API;
 *     absent when answers are free
 * @param partials the partials that the messages include, by the name in the messages. The digest
 *     of this content covers their digests and contents. In a published version, {@code variables}
 *     contains their variables too
 * @param propertyOrder a digest of the order of properties in what a model is sent as JSON:
 *     defaults of variables, parameters and response format (see {@link PropertyOrder}). Canonical
 *     JSON sorts properties, so without this field contents that differ in that order alone would
 *     have one digest. The constructor ignores a given value and computes it from the other
 *     components. It is absent in versions that were published before it existed, whose order is
 *     lost
 */
// It is also read from the registry's view of a version, which has more fields.
@JsonIgnoreProperties(ignoreUnknown = true)
public record PromptContent(
    List<PromptMessage> messages,
    ObjectNode variables,
    List<Example> examples,
    ObjectNode parameters,
    @Nullable JsonNode responseFormat,
    // An empty map is not written: contents without partials keep the digest that they had before.
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<String, Partial> partials,
    // It is not written when it was lost, for the same reason.
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String propertyOrder) {

  /** The placeholder for the order that is computed from the values of a new content. */
  private static final String AS_GIVEN = "";

  public static final int MAX_MESSAGE = 64 * 1024;
  public static final int MAX_MESSAGES = 50;
  public static final int MAX_EXAMPLES = 256;

  /** The most partials that one version includes directly. */
  public static final int MAX_PARTIALS = 32;

  static final int MAX_TOTAL = 512 * 1024;

  public PromptContent {
    messages = List.copyOf(messages);
    examples = List.copyOf(examples);
    // A missing format can arrive as a null node of JSON.
    if (responseFormat != null && responseFormat.isNull()) {
      responseFormat = null;
    }
    partials = Map.copyOf(partials);
    if (propertyOrder != null) {
      propertyOrder =
          PropertyOrder.digestOf(orderSensitiveValues(variables, parameters, responseFormat));
    }
  }

  /** Creates a content, with empty values for what a request may omit. */
  public static PromptContent of(
      List<? extends PromptMessage> messages,
      @Nullable ObjectNode variables,
      @Nullable List<Example> examples,
      @Nullable ObjectNode parameters,
      @Nullable JsonNode responseFormat) {
    return new PromptContent(
        List.copyOf(messages),
        Objects.requireNonNullElseGet(variables, PromptContent::emptyVariablesSchema),
        Objects.requireNonNullElse(examples, List.of()),
        Objects.requireNonNullElseGet(parameters, JsonNodeFactory.instance::objectNode),
        responseFormat,
        Map.of(),
        AS_GIVEN);
  }

  /**
   * Returns the same content with other partials. The variables of the partials are not added.
   *
   * @see ContentRules#completeAndCheck
   */
  public PromptContent withPartials(Map<String, Partial> included) {
    return new PromptContent(
        messages, variables, examples, parameters, responseFormat, included, propertyOrder);
  }

  PromptContent withVariables(ObjectNode joined) {
    return new PromptContent(
        messages, joined, examples, parameters, responseFormat, partials, propertyOrder);
  }

  /** Returns the JSON Schema that answers follow, or null when answers are free. */
  public @Nullable JsonNode answerSchema() {
    return ResponseFormat.schema(responseFormat);
  }

  /**
   * Returns whether a model is sent an object of several properties whose order was not kept when
   * the version was published.
   */
  public boolean hasLostPropertyOrder() {
    return propertyOrder == null
        && orderSensitiveValues(variables, parameters, responseFormat).stream()
            .anyMatch(PromptContent::hasMultipleProperties);
  }

  /**
   * Returns the values whose properties a model is sent in their order: defaults of variables and
   * parameters, each by name, and the response format. The order among variables and among
   * parameters does not matter.
   */
  private static List<JsonNode> orderSensitiveValues(
      ObjectNode variables, ObjectNode parameters, @Nullable JsonNode responseFormat) {
    List<JsonNode> sent = new ArrayList<>();
    valuesSortedByName(variables.path("properties"))
        .forEach(variable -> sent.add(variable.path("default")));
    valuesSortedByName(parameters).forEach(sent::add);
    if (responseFormat != null) {
      sent.add(responseFormat);
    }
    return sent;
  }

  private static Stream<JsonNode> valuesSortedByName(JsonNode object) {
    return object.propertyNames().stream().sorted().map(object::path);
  }

  private static boolean hasMultipleProperties(JsonNode value) {
    return (value.isObject() && value.size() > 1)
        || value.valueStream().anyMatch(PromptContent::hasMultipleProperties);
  }

  /** Returns one of the content's templates with all that it includes. */
  public ComposedTemplate compose(Template template) {
    Map<String, ComposedTemplate> composed = new HashMap<>();
    for (Token tag : template.partials()) {
      Partial partial = partials.get(tag.name());
      if (partial != null && Template.parse(partial.text()) instanceof Template text) {
        composed.computeIfAbsent(tag.name(), name -> partial.content().compose(text));
      }
    }
    return new ComposedTemplate(template, composed);
  }

  /**
   * Returns the names of nested partials, outermost first, the last of which has a content that
   * does not match its digest; empty if all contents match.
   */
  public List<String> alteredPartial(Function<PromptContent, String> digestOf) {
    for (Map.Entry<String, Partial> entry : new TreeMap<>(partials).entrySet()) {
      Partial partial = entry.getValue();
      List<String> within = partial.content().alteredPartial(digestOf);
      if (!within.isEmpty() || !digestOf.apply(partial.content()).equals(partial.digest())) {
        return Stream.concat(Stream.of(entry.getKey()), within.stream()).toList();
      }
    }
    return List.of();
  }

  /**
   * Returns the number of characters of messages, partials and examples.
   *
   * @param limit the number above which the exact count does not matter
   */
  public long length(long limit) {
    long total =
        examples.stream()
            .mapToLong(example -> example.input().length() + example.output().length())
            .sum();
    for (Message message : writtenMessages()) {
      total += composedLength(message, limit);
    }
    return total;
  }

  private long composedLength(Message message, long limit) {
    if (Template.parse(message.content()) instanceof Template template) {
      return compose(template).length(limit);
    }
    return message.content().length();
  }

  /** Returns the messages that the author wrote, without placeholders. */
  public List<Message> writtenMessages() {
    return messages.stream().filter(Message.class::isInstance).map(Message.class::cast).toList();
  }

  private static ObjectNode emptyVariablesSchema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("type", "object");
    schema.putObject("properties");
    return schema;
  }
}
