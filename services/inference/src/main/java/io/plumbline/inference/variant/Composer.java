package io.plumbline.inference.variant;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.abstention.Abstention;
import io.plumbline.inference.abstention.AbstentionField;
import io.plumbline.inference.context.ComposedRequest;
import io.plumbline.inference.retrieval.IndexMode;
import io.plumbline.inference.retrieval.IndexSearchService;
import io.plumbline.inference.retrieval.LabelledText;
import io.plumbline.inference.retrieval.Passage;
import io.plumbline.inference.retrieval.PassageText;
import io.plumbline.inference.retrieval.PassagesVariable;
import io.plumbline.inference.retrieval.RetrievalQuerySource;
import io.plumbline.inference.retrieval.encoder.EmbeddingPurpose;
import io.plumbline.inference.retrieval.encoder.EmbeddingResult;
import io.plumbline.inference.trace.TraceSteps;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.prompttemplate.content.AnswerSchema;
import io.plumbline.prompttemplate.content.Example;
import io.plumbline.prompttemplate.rendering.Conversation;
import io.plumbline.prompttemplate.rendering.PromptRenderer;
import io.plumbline.prompttemplate.rendering.PromptRenderer.Outcome;
import io.plumbline.prompttemplate.rendering.PromptRenderer.Retrieved;
import io.plumbline.prompttemplate.rendering.RenderedPrompt;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Composes the request to a variant's model from a call: renders the prompt, adds retrieved
 * examples or passages, and sets the variant's parameters.
 */
@Component
public class Composer {

  private static final Set<String> READ =
      Arrays.stream(RequestField.values())
          .filter(field -> field.treatment() == RequestField.Treatment.READ)
          .map(RequestField::wireName)
          .collect(Collectors.toSet());

  private static final String TEMPERATURE = RequestField.TEMPERATURE.wireName();

  private final PromptContents prompts;
  private final IndexSearchService indexes;
  private final JsonMapper json;

  Composer(PromptContents prompts, IndexSearchService indexes, JsonMapper json) {
    this.prompts = prompts;
    this.indexes = indexes;
    this.json = json;
  }

  /**
   * Decides about each field of a call before anything is done for it.
   *
   * @param call an OpenAI chat request whose {@code model} is the variant
   * @throws InvalidCall naming what the variant does not take
   */
  public GovernedCall applyCallerPolicy(Variant variant, ObjectNode call) {
    return new CallerRules(variant, prompts.getRenderer(variant.prompt()).content())
        .applyCallerPolicy(call);
  }

  /**
   * A request to a variant's model.
   *
   * @param passages the passages in the request, best first
   * @param searching the usage of a provider that embedded the query; absent where none did
   */
  public record Composed(
      ComposedRequest request, List<Passage> passages, EmbeddingResult.@Nullable Use searching) {}

  /**
   * Checks that the variant has an index of passages if its prompt requires one.
   *
   * @throws Problem when the prompt requires passages, and the variant has no index or one of
   *     examples
   */
  void requirePassageIndex(Digest prompt, @Nullable Digest index) {
    if (PassagesVariable.isRequiredBy(prompts.getRenderer(prompt).content().variables())
        && (index == null || indexes.mode(index) != IndexMode.PASSAGES)) {
      throw new Problem(
              CommonProblem.UNPROCESSABLE,
              ("The prompt requires its variable '%s', which only an index of documents fills: pass"
                      + " the indexDigest of one.")
                  .formatted(PassagesVariable.NAME))
          .withFieldError("/indexDigest", "must be that of an index of the subset documents");
    }
  }

  /**
   * Returns the parameters of a new variant, which say whether a temperature is sent: none is sent
   * where neither the parameters nor the prompt have one.
   *
   * @throws Problem when the parameters ask for no temperature although there is one
   */
  VariantParameters resolveTemperatureSetting(VariantParameters parameters, Digest prompt) {
    boolean own = parameters.temperature() != null;
    boolean prompts = this.prompts.getRenderer(prompt).content().parameters().has(TEMPERATURE);
    if (parameters.omitsTemperature() && (own || prompts)) {
      throw new Problem(
              CommonProblem.UNPROCESSABLE,
              ("%s sets a temperature, but withoutTemperature asks to send none: omit"
                      + " withoutTemperature, or remove the temperature from %s.")
                  .formatted(
                      own ? "The variant" : "The prompt", own ? "the variant" : "the prompt"))
          .withFieldError("/parameters/withoutTemperature", "must be absent beside a temperature");
    }
    return parameters.withTemperatureOmitted(!own && !prompts);
  }

  /**
   * Checks that the answer of an abstention is valid like any other answer.
   *
   * @throws Problem when the answer is blank, or breaks the response format of the variant's calls
   */
  void requireAbstentionAnswer(Abstention abstention, Digest prompt, CallerPolicy policy) {
    String answer = abstention.answer();
    if ((answer == null && (abstention.threshold() != null || abstention.field() == null))
        || (answer != null && answer.isBlank())) {
      throw new Problem(
              CommonProblem.UNPROCESSABLE,
              "An abstention needs an answer. Give one, or, without a threshold, name the field of"
                  + " the model's answer that declares the abstention.")
          .withFieldError("/abstention/answer", "must not be blank");
    }
    if (policy.allows(CallerPermission.RESPONSE_FORMAT)) {
      throw new Problem(
              CommonProblem.UNPROCESSABLE,
              "The answer of an abstention follows the prompt's response format, which callers of"
                  + " this variant may replace. Remove response_format from the caller policy.")
          .withFieldError(
              "/callerPolicy/allowed", "must not have response_format beside an abstention");
    }
    AbstentionField field = abstention.field();
    if (field != null) {
      requireAbstentionField(field, prompts.getRenderer(prompt).content().answerSchema());
    }
    prompts
        .answerSchema(prompt)
        .flatMap(schema -> Optional.ofNullable(answer).flatMap(schema::violation))
        .ifPresent(violation -> {
          throw new Problem(
                  CommonProblem.UNPROCESSABLE,
                  "The answer of an abstention has to follow the response format of the prompt.")
              .withFieldError(
                  "/abstention/answer", "must follow the prompt's response format: " + violation);
        });
  }

  /** Checks that the field can occur with the value; otherwise the variant would never abstain. */
  private static void requireAbstentionField(AbstentionField field, @Nullable JsonNode format) {
    JsonNode property =
        format == null ? MissingNode.getInstance() : format.path("properties").path(field.name());
    if (property.isMissingNode()) {
      throw new Problem(
              CommonProblem.UNPROCESSABLE,
              "The field by which the model abstains has to be one of the prompt's response"
                  + " format.")
          .withFieldError(
              "/abstention/field/name", "must be a property of the prompt's response format");
    }
    JsonNode options = property.path("enum");
    if (options.isArray()
        && options.valueStream().noneMatch(each -> each.asString("null").equals(field.value()))) {
      throw new Problem(
              CommonProblem.UNPROCESSABLE,
              "The field by which the model abstains can never have this value in the prompt's"
                  + " response format.")
          .withFieldError("/abstention/field/value", "must be one of " + options);
    }
  }

  /**
   * Composes the request to the variant's model.
   *
   * @param call the body of a {@link GovernedCall}
   * @param retrieval whether the variant's index may be searched
   * @throws InvalidCall for a call that does not fit the prompt
   */
  public Composed compose(Variant variant, ObjectNode call, boolean retrieval) {
    PromptRenderer prompt = prompts.getRenderer(variant.prompt());
    boolean filled = PassagesVariable.isIn(prompt.content().variables());
    Conversation conversation = conversationOf(call);
    Searched searched = new Searched();
    boolean retrieves = retrieval && variant.retrieves();
    RenderedPrompt rendered =
        switch (prompt.render(
            callerValues(call, filled),
            conversation,
            filled ? PassagesVariable.NAME : null,
            query ->
                retrieves
                    ? retrieve(variant, prompt, conversation, query, searched)
                    : Retrieved.NOTHING)) {
          case Outcome.Rendered outcome -> outcome.prompt();
          case Outcome.Refused refused ->
              throw CallerRules.violationsException(refused.violations());
        };
    ObjectNode request = rendered.chatRequest();
    request.put("model", variant.model());
    setParameters(request, variant.parameters());
    copyCallerFields(call, request);
    ComposedRequest composed = new ComposedRequest(request, rendered.callers());
    return new Composed(
        filled || searched.passages.isEmpty() ? composed : composed.withInstruction(searched.text),
        searched.passages,
        searched.use);
  }

  /**
   * Returns the schema that the model's answer has to follow. It is that of the caller's response
   * format, where the variant allows one, else that of the prompt's.
   *
   * @param variant the variant; absent for a bare model, whose answers nobody governs
   * @param call the body of a {@link GovernedCall}
   */
  public Optional<AnswerSchema> answerSchema(@Nullable Variant variant, ObjectNode call) {
    if (variant == null) {
      return Optional.empty();
    }
    String format = RequestField.RESPONSE_FORMAT.wireName();
    return call.has(format)
        ? AnswerSchema.of(call.path(format))
        : prompts.answerSchema(variant.prompt());
  }

  private static Conversation conversationOf(ObjectNode call) {
    return new Conversation(
        call.path("messages").valueStream().map(message -> (ObjectNode) message).toList());
  }

  /** The results of a call's search in the index of its variant. */
  private static final class Searched {
    private List<Passage> passages = List.of();
    private String text = "";
    private EmbeddingResult.@Nullable Use use;
  }

  /**
   * Searches the variant's index for a text.
   *
   * @param searched receives the results
   */
  private Retrieved retrieve(
      Variant variant,
      PromptRenderer prompt,
      Conversation conversation,
      String query,
      Searched searched) {
    Digest index = Objects.requireNonNull(variant.index());
    return switch (indexes.mode(index)) {
      case EXAMPLES -> new Retrieved(examples(index, variant, prompt, query, searched), "");
      case PASSAGES -> {
        IndexSearchService.Search<Passage> search =
            TraceSteps.runStepIfTraced(
                TraceSteps.Kind.RETRIEVE,
                () ->
                    indexes.searchPassages(
                        index,
                        searchTexts(variant, conversation, query),
                        variant.retrievedPassages(),
                        variant.parameters().reranking(),
                        purpose(variant)),
                found -> searchDetails(index, found));
        searched.passages = search.found();
        searched.text = PassageText.of(search.found());
        searched.use = search.use();
        yield new Retrieved(List.of(), searched.text);
      }
    };
  }

  /** Returns the rows of the variant's index that are nearest to a text, the nearest last. */
  private List<Example> examples(
      Digest index, Variant variant, PromptRenderer prompt, String query, Searched searched) {
    IndexSearchService.Search<LabelledText> search =
        TraceSteps.runStepIfTraced(
            TraceSteps.Kind.RETRIEVE,
            () ->
                indexes.searchExamples(index, query, variant.retrievedExamples(), purpose(variant)),
            IndexSearchService.Search::details);
    searched.use = search.use();
    return search.found().reversed().stream()
        .map(row -> new Example(row.text(), formatLabel(prompt, row.label())))
        .toList();
  }

  private static EmbeddingPurpose purpose(Variant variant) {
    return EmbeddingPurpose.ofCall(variant.application(), variant.digest());
  }

  /** Returns the texts to search passages for: the query, or all messages of the user. */
  private static List<String> searchTexts(
      Variant variant, Conversation conversation, String query) {
    if (variant.parameters().retrievalQuery() != RetrievalQuerySource.CONVERSATION) {
      return List.of(query);
    }
    List<String> messages =
        conversation.messages().stream()
            .filter(message -> message.path("role").asString("").equals("user"))
            .map(Conversation::text)
            .filter(text -> !text.isBlank())
            .toList();
    return messages.isEmpty() ? List.of(query) : messages;
  }

  private static Map<String, String> searchDetails(
      Digest index, IndexSearchService.Search<Passage> search) {
    Map<String, String> details = new TreeMap<>(search.details());
    details.put("index", index.hex());
    details.put("passages", Integer.toString(search.found().size()));
    details.put(
        "ids", search.found().stream().map(Passage::passageId).collect(Collectors.joining(" ")));
    return details;
  }

  /** Returns a label in the prompt's response format. */
  private String formatLabel(PromptRenderer prompt, String label) {
    JsonNode format = prompt.content().answerSchema();
    if (format == null || format.path("properties").size() != 1) {
      return label;
    }
    return json.writeValueAsString(
        json.createObjectNode()
            .put(format.path("properties").propertyNames().iterator().next(), label));
  }

  /**
   * Returns the caller's values of the prompt's variables.
   *
   * @param filled whether retrieval fills the variable of passages, so that the caller may not
   */
  private ObjectNode callerValues(JsonNode call, boolean filled) {
    JsonNode given = call.path("plumbline_variables");
    if (filled && given.has(PassagesVariable.NAME)) {
      throw new InvalidCall(
          "plumbline_variables",
          "plumbline_variables.%s is filled by retrieval: omit it."
              .formatted(PassagesVariable.NAME));
    }
    return switch (given.getNodeType()) {
      case MISSING, NULL -> json.createObjectNode();
      case OBJECT -> (ObjectNode) given;
      default ->
          throw new InvalidCall(
              "plumbline_variables",
              "plumbline_variables must be an object with the prompt's variables as fields.");
    };
  }

  /** Adds the parameters of the variant, which replace those of its prompt. */
  private static void setParameters(ObjectNode request, VariantParameters parameters) {
    if (parameters.temperature() != null) {
      request.put(TEMPERATURE, parameters.temperature());
    } else if (!request.has(TEMPERATURE) && !parameters.omitsTemperature()) {
      request.put(TEMPERATURE, 0.0);
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

  /** Adds the fields that the caller may decide, which replace those of variant and prompt. */
  private static void copyCallerFields(ObjectNode call, ObjectNode request) {
    if (call.has("max_tokens") || call.has("max_completion_tokens")) {
      request.remove(List.of("max_tokens", "max_completion_tokens"));
    }
    call.propertyStream()
        .filter(field -> !READ.contains(field.getKey()))
        .forEach(field -> request.set(field.getKey(), field.getValue()));
  }
}
