package io.plumbline.inference.variant;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.context.ComposedRequest;
import io.plumbline.inference.retrieval.OpenIndexes;
import io.plumbline.inference.trace.Steps;
import io.plumbline.prompttemplate.content.AnswerSchema;
import io.plumbline.prompttemplate.content.Example;
import io.plumbline.prompttemplate.rendering.Conversation;
import io.plumbline.prompttemplate.rendering.PromptRenderer;
import io.plumbline.prompttemplate.rendering.PromptRenderer.Outcome;
import io.plumbline.prompttemplate.rendering.RenderedPrompt;
import java.util.Arrays;
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

  private static final Set<String> READ =
      Arrays.stream(RequestField.values())
          .filter(field -> field.treatment() == RequestField.Treatment.READ)
          .map(RequestField::wire)
          .collect(Collectors.toSet());

  private final PromptContents prompts;
  private final OpenIndexes indexes;
  private final JsonMapper json;

  Composer(PromptContents prompts, OpenIndexes indexes, JsonMapper json) {
    this.prompts = prompts;
    this.indexes = indexes;
    this.json = json;
  }

  /**
   * Decides about each field of a call before anything is done for it.
   *
   * @param call an OpenAI chat request whose {@code model} is the variant
   * @throws BadCall naming what the variant does not take
   */
  public GovernedCall govern(Variant variant, ObjectNode call) {
    return new CallerRules(variant, prompts.get(variant.prompt()).content()).govern(call);
  }

  /**
   * @param call the body of a {@link GovernedCall}
   * @param retrieval whether rows of the variant's index are retrieved
   * @throws BadCall for a call that does not fit the prompt
   */
  public ComposedRequest compose(Variant variant, ObjectNode call, boolean retrieval) {
    PromptRenderer prompt = prompts.get(variant.prompt());
    RenderedPrompt rendered =
        switch (prompt.render(
            values(call),
            conversation(call),
            query -> retrieval ? retrieved(variant, prompt, query) : List.of())) {
          case Outcome.Rendered outcome -> outcome.prompt();
          case Outcome.Refused refused -> throw CallerRules.refusal(refused.violations());
        };
    ObjectNode request = rendered.chatRequest();
    request.put("model", variant.model());
    parameters(request, variant.parameters());
    passOn(call, request);
    return new ComposedRequest(request, rendered.callers());
  }

  /**
   * What holds the model's answer against the response format that the request has: the caller's,
   * where its variant honours one, else the prompt's.
   *
   * @param variant absent for a bare model
   * @param call the body of a {@link GovernedCall}
   */
  public AnswerCheck check(@Nullable Variant variant, ObjectNode call) {
    String format = RequestField.RESPONSE_FORMAT.wire();
    return AnswerCheck.of(
        variant,
        known ->
            call.has(format)
                ? AnswerSchema.of(call.path(format))
                : prompts.answers(known.prompt()));
  }

  private static Conversation conversation(ObjectNode call) {
    return new Conversation(
        call.path("messages").valueStream().map(message -> (ObjectNode) message).toList());
  }

  /** The rows of the variant's index that are nearest to a text, the nearest last. */
  private List<Example> retrieved(Variant variant, PromptRenderer prompt, String query) {
    Digest index = variant.index();
    if (index == null || variant.retrieved() == 0) {
      return List.of();
    }
    return Steps.step(Steps.Kind.RETRIEVE, () -> indexes.search(index, query, variant.retrieved()))
        .reversed()
        .stream()
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
      case OBJECT -> (ObjectNode) given;
      default ->
          throw new BadCall(
              "plumbline_variables",
              "plumbline_variables must be an object with the prompt's variables as fields.");
    };
  }

  /** Those of the variant before those of its prompt; what neither has is sampled greedily. */
  private static void parameters(ObjectNode request, VariantParameters parameters) {
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
  }

  /** What a caller may decide comes before what variant and prompt have. */
  private static void passOn(ObjectNode call, ObjectNode request) {
    if (call.has("max_tokens") || call.has("max_completion_tokens")) {
      request.remove(List.of("max_tokens", "max_completion_tokens"));
    }
    call.propertyStream()
        .filter(field -> !READ.contains(field.getKey()))
        .forEach(field -> request.set(field.getKey(), field.getValue()));
  }
}
