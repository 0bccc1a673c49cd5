package io.plumbline.inference.variant;

import io.plumbline.inference.retrieval.OpenIndexes;
import io.plumbline.prompttemplate.content.Example;
import io.plumbline.prompttemplate.content.Violation;
import io.plumbline.prompttemplate.rendering.PromptRenderer;
import io.plumbline.prompttemplate.rendering.PromptRenderer.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
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
    PromptRenderer prompt = prompts.get(variant.prompt());
    String input = input(call);
    ObjectNode values = values(call);
    String message = fill(prompt, values, input);
    ObjectNode request =
        switch (prompt.render(values, () -> retrieved(variant, prompt, values, input), message)) {
          case Outcome.Rendered rendered -> rendered.prompt().chatRequest();
          case Outcome.Refused refused -> throw refusal(refused.violations());
        };
    request.put("model", variant.model());
    parameters(request, variant.parameters(), call);
    return request;
  }

  /**
   * The rows of the variant's index that are nearest to the input, the nearest last: next to it.
   * Without a user message, the input is the value of the variable that one would fill.
   */
  private List<Example> retrieved(
      Variant variant, PromptRenderer prompt, ObjectNode values, @Nullable String input) {
    String variable = prompt.variables().input();
    String query = input != null || variable == null ? input : values.path(variable).asString("");
    if (variant.index() == null || query == null || variant.retrieved() == 0) {
      return List.of();
    }
    return indexes.search(variant.index(), query, variant.retrieved()).reversed().stream()
        .map(passage -> new Example(passage.text(), answer(prompt, passage.label())))
        .toList();
  }

  /** A label in the prompt's response format. */
  private String answer(PromptRenderer prompt, String label) {
    JsonNode format = prompt.content().responseFormat();
    if (format == null || format.path("properties").size() != 1) {
      return label;
    }
    return json.writeValueAsString(
        json.createObjectNode()
            .put(format.path("properties").propertyNames().iterator().next(), label));
  }

  private ObjectNode values(JsonNode call) {
    JsonNode given = call.path("plumbline_variables");
    return switch (given.getNodeType()) {
      case MISSING, NULL -> json.createObjectNode();
      case OBJECT -> (ObjectNode) given.deepCopy();
      default ->
          throw new BadCall(
              "plumbline_variables",
              "plumbline_variables must be an object with the prompt's variables as fields.");
    };
  }

  /**
   * Gives the input to the one variable that is without a value.
   *
   * @return the input, when no variable takes it: then it is a message of its own
   */
  private static @Nullable String fill(
      PromptRenderer prompt, ObjectNode values, @Nullable String input) {
    Set<String> open = prompt.variables().open(values);
    if (open.isEmpty()) {
      if (input == null && !prompt.hasQuestion()) {
        throw new BadCall(
            "messages", "The prompt has no user message of its own: send one in messages.");
      }
      if (input != null && prompt.hasQuestion()) {
        throw new BadCall(
            "messages",
            "The prompt's question takes nothing more from a message: send no user message.");
      }
      return input;
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
    values.put(open.iterator().next(), input);
    return prompt.hasQuestion() ? null : input;
  }

  private static BadCall refusal(List<Violation> violations) {
    return new BadCall(
        "plumbline_variables",
        "The prompt cannot be rendered with these values: "
            + violations.stream()
                .map(violation -> violation.pointer() + " " + violation.detail())
                .collect(Collectors.joining("; "))
            + ".");
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

  /** Those of the variant before those of its prompt; what neither has is sampled greedily. */
  private static void parameters(ObjectNode request, VariantParameters parameters, JsonNode call) {
    if (parameters.temperature() != null) {
      request.put("temperature", parameters.temperature());
    } else if (!request.has("temperature")) {
      request.put("temperature", 0.0);
    }
    if (parameters.topP() != null) {
      request.put("top_p", parameters.topP());
    }
    if (parameters.seed() != null) {
      request.put("seed", parameters.seed());
    }
    if (parameters.maxCompletionTokens() != null) {
      request.remove("max_tokens");
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
