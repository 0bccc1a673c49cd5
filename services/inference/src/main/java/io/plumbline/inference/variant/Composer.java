package io.plumbline.inference.variant;

import io.plumbline.inference.retrieval.OpenIndexes;
import io.plumbline.inference.retrieval.Passage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Composes the request to a variant's model from a call: renders the prompt, adds examples and
 * retrieved rows, and sets the variant's parameters.
 */
@Component
public class Composer {

  /** Fields of a call that the variant decides; they are ignored, and the answer lists them. */
  public static final List<String> FIXED =
      List.of(
          "temperature",
          "top_p",
          "seed",
          "max_tokens",
          "max_completion_tokens",
          "response_format",
          "stop",
          "frequency_penalty",
          "presence_penalty");

  private static final TypeReference<Map<String, @Nullable Object>> VALUES =
      new TypeReference<>() {};

  private final PromptContents prompts;
  private final OpenIndexes indexes;
  private final JsonMapper json;

  Composer(PromptContents prompts, OpenIndexes indexes, JsonMapper json) {
    this.prompts = prompts;
    this.indexes = indexes;
    this.json = json;
  }

  /** A call that the variant cannot answer; the message says what to send instead. */
  public static final class BadCall extends RuntimeException {

    private final String param;

    BadCall(String param, String message) {
      super(message);
      this.param = param;
    }

    public String param() {
      return param;
    }
  }

  /**
   * @param call an OpenAI chat request whose {@code model} is the variant
   */
  public ObjectNode compose(Variant variant, JsonNode call) {
    PromptContent prompt = prompts.get(variant.prompt());
    String input = input(call);
    try {
      return request(variant, prompt, call, input);
    } catch (PromptTemplate.Unfilled e) {
      throw new BadCall("plumbline_variables", String.valueOf(e.getMessage()));
    }
  }

  private ObjectNode request(
      Variant variant, PromptContent prompt, JsonNode call, @Nullable String input) {
    Map<String, @Nullable Object> values = values(prompt, call);
    String variable = variable(prompt, values, input);
    if (variable != null) {
      values.put(variable, input);
    }
    ObjectNode request = json.createObjectNode();
    request.put("model", variant.model());
    messages(request.putArray("messages"), variant, prompt, values, variable, input);
    JsonNode format = prompt.responseFormat();
    if (format != null) {
      ObjectNode schema =
          request.putObject("response_format").put("type", "json_schema").putObject("json_schema");
      schema.put("name", "answer").put("strict", true).set("schema", format);
    }
    parameters(request, variant.parameters(), call);
    return request;
  }

  private void messages(
      ArrayNode messages,
      Variant variant,
      PromptContent prompt,
      Map<String, @Nullable Object> values,
      @Nullable String variable,
      @Nullable String input) {
    int question = questionPosition(prompt);
    for (int i = 0; i < prompt.messages().size(); i++) {
      PromptContent.Message message = prompt.messages().get(i);
      if (i == question) {
        examples(messages, variant, prompt, values, variable, input);
      }
      messages
          .addObject()
          .put("role", message.role())
          .put("content", message.template().render(values));
    }
    if (question < 0) {
      if (input == null) {
        throw new BadCall(
            "messages", "The prompt has no user message of its own: send one in messages.");
      }
      examples(messages, variant, prompt, values, variable, input);
      messages.addObject().put("role", "user").put("content", input);
    }
  }

  /**
   * The prompt's few-shot examples first, then retrieved rows, the nearest last: next to the input.
   */
  private void examples(
      ArrayNode messages,
      Variant variant,
      PromptContent prompt,
      Map<String, @Nullable Object> values,
      @Nullable String variable,
      @Nullable String input) {
    int question = questionPosition(prompt);
    PromptTemplate template =
        question < 0 || variable == null ? null : prompt.messages().get(question).template();
    for (PromptContent.Example example : prompt.examples()) {
      exchange(messages, question(template, values, variable, example.input()), example.output());
    }
    if (variant.index() != null && input != null && variant.retrieved() > 0) {
      for (Passage passage :
          indexes.search(variant.index(), input, variant.retrieved()).reversed()) {
        exchange(
            messages,
            question(template, values, variable, passage.text()),
            answer(prompt, passage.label()));
      }
    }
  }

  private static String question(
      @Nullable PromptTemplate template,
      Map<String, @Nullable Object> values,
      @Nullable String variable,
      String input) {
    if (template == null || variable == null) {
      return input;
    }
    Map<String, @Nullable Object> other = new LinkedHashMap<>(values);
    other.put(variable, input);
    return template.render(other);
  }

  private static void exchange(ArrayNode messages, String input, String output) {
    messages.addObject().put("role", "user").put("content", input);
    messages.addObject().put("role", "assistant").put("content", output);
  }

  /** A label in the prompt's response format. */
  private String answer(PromptContent prompt, String label) {
    JsonNode format = prompt.responseFormat();
    if (format == null || format.path("properties").size() != 1) {
      return label;
    }
    return json.writeValueAsString(
        json.createObjectNode()
            .put(format.path("properties").propertyNames().iterator().next(), label));
  }

  /** The position of the prompt's last user message; -1 without one. */
  private static int questionPosition(PromptContent prompt) {
    for (int i = prompt.messages().size() - 1; i >= 0; i--) {
      if (prompt.messages().get(i).role().equals("user")) {
        return i;
      }
    }
    return -1;
  }

  private Map<String, @Nullable Object> values(PromptContent prompt, JsonNode call) {
    JsonNode given = call.path("plumbline_variables");
    if (!given.isMissingNode() && !given.isObject()) {
      throw new BadCall(
          "plumbline_variables",
          "plumbline_variables must be an object with the prompt's variables as fields.");
    }
    Map<String, @Nullable Object> values =
        given.isObject() ? json.convertValue(given, VALUES) : new LinkedHashMap<>();
    for (String name : values.keySet()) {
      if (!prompt.declared().contains(name)) {
        throw new BadCall(
            "plumbline_variables",
            "The prompt has no variable '%s'; its variables are %s."
                .formatted(name, prompt.declared()));
      }
    }
    return values;
  }

  private static @Nullable String variable(
      PromptContent prompt, Map<String, @Nullable Object> values, @Nullable String input) {
    TreeSet<String> open = new TreeSet<>(prompt.fillable());
    open.removeAll(values.keySet());
    prompt.declared().stream()
        .filter(name -> !prompt.required().contains(name))
        .forEach(name -> values.putIfAbsent(name, null));
    if (open.isEmpty()) {
      return null;
    }
    if (open.size() > 1 || input == null) {
      throw new BadCall(
          "plumbline_variables",
          "Pass values for %s in plumbline_variables%s."
              .formatted(
                  open,
                  input == null
                      ? ", or send a user message"
                      : "; a single user message fills only one variable"));
    }
    return open.first();
  }

  private static @Nullable String input(JsonNode call) {
    List<JsonNode> users = new ArrayList<>();
    for (JsonNode message : call.path("messages").values()) {
      if (!message.path("role").asString("").equals("user")) {
        throw new BadCall(
            "messages", "A variant has its own messages: send one user message and no other.");
      }
      users.add(message);
    }
    if (users.size() > 1) {
      throw new BadCall(
          "messages", "A variant answers one input: send one user message and no other.");
    }
    return users.isEmpty() ? null : text(users.getFirst().path("content"));
  }

  private static String text(JsonNode content) {
    return content.isArray()
        ? String.join(
            "\n", content.valueStream().map(part -> part.path("text").asString("")).toList())
        : content.asString("");
  }

  private static void parameters(ObjectNode request, VariantParameters parameters, JsonNode call) {
    Double temperature = parameters.temperature();
    request.put("temperature", temperature == null ? 0 : temperature);
    if (parameters.topP() != null) {
      request.put("top_p", parameters.topP());
    }
    if (parameters.seed() != null) {
      request.put("seed", parameters.seed());
    }
    if (parameters.maxCompletionTokens() != null) {
      request.put("max_completion_tokens", parameters.maxCompletionTokens());
    }
    for (String field : List.of("logprobs", "top_logprobs", "stream", "stream_options", "user")) {
      JsonNode value = call.path(field);
      if (!value.isMissingNode()) {
        request.set(field, value);
      }
    }
  }
}
