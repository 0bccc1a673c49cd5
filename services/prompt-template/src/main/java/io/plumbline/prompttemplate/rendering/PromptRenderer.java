package io.plumbline.prompttemplate.rendering;

import io.plumbline.prompttemplate.content.Example;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.Placeholder;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.PromptMessage;
import io.plumbline.prompttemplate.content.Variables;
import io.plumbline.prompttemplate.content.Violation;
import io.plumbline.prompttemplate.rendering.RenderedPrompt.Span;
import io.plumbline.prompttemplate.template.CompiledTemplate;
import io.plumbline.prompttemplate.template.ParsedTemplate;
import io.plumbline.prompttemplate.template.Rendering;
import io.plumbline.prompttemplate.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a prompt version and a caller's messages into the messages that a model gets. No other code
 * does it, so that a preview shows exactly what a model gets.
 *
 * <p>Messages keep their order. The caller's messages stand at the prompt's placeholder. Without a
 * placeholder they follow a prompt that has no question of its own, and one of them fills the
 * question of a prompt that has one. Examples stand before the last user message of the prompt,
 * which is its question, or else before the caller's messages. When the prompt has one variable
 * that an input fills, an example's input goes through the question's template as the real one
 * does, so that both have the same shape.
 *
 * <p>A renderer is compiled once for a version and can be used by any number of threads.
 */
public final class PromptRenderer {

  /** An entry of the prompt, ready to be rendered. */
  private sealed interface Step {

    record Written(Message.Role role, CompiledTemplate template, String pointer) implements Step {}

    record ConversationSlot() implements Step {}
  }

  private final PromptContent content;
  private final Variables variables;
  private final List<Step> steps;

  /** The last user message of the prompt; absent without one. */
  private final Step.@Nullable Written question;

  /** The flag of a prompt with a placeholder for the caller's messages. */
  private final boolean hasPlaceholder;

  private PromptRenderer(PromptContent content, List<Step> steps) {
    this.content = content;
    this.variables = Variables.of(content.variables());
    this.question =
        steps.stream()
            .filter(Step.Written.class::isInstance)
            .map(Step.Written.class::cast)
            .filter(step -> step.role() == Message.Role.USER)
            .reduce((earlier, later) -> later)
            .orElse(null);
    this.hasPlaceholder = steps.stream().anyMatch(Step.ConversationSlot.class::isInstance);
    this.steps = addConversationSlot(steps, hasPlaceholder || question != null);
  }

  private static List<Step> addConversationSlot(List<Step> steps, boolean complete) {
    if (complete) {
      return List.copyOf(steps);
    }
    return Stream.concat(steps.stream(), Stream.of(new Step.ConversationSlot())).toList();
  }

  /** The result of rendering. */
  public sealed interface Outcome {

    /** The finished prompt. */
    record Rendered(RenderedPrompt prompt) implements Outcome {}

    /** A prompt that was not rendered, with the violations in its variables or conversation. */
    record Refused(List<Violation> violations) implements Outcome {}
  }

  /**
   * The additions of an index to a prompt.
   *
   * @param examples examples that follow those of the prompt
   * @param text the value of the variable that retrieval fills
   */
  public record Retrieved(List<Example> examples, String text) {

    public static final Retrieved NOTHING = new Retrieved(List.of(), "");

    public Retrieved {
      examples = List.copyOf(examples);
    }
  }

  /**
   * Compiles a content.
   *
   * @throws IllegalArgumentException for a content that breaks the rules and cannot have been
   *     published
   */
  public static PromptRenderer of(PromptContent content) {
    List<Step> steps = new ArrayList<>();
    for (PromptMessage entry : content.messages()) {
      steps.add(
          switch (entry) {
            case Message message ->
                new Step.Written(
                    message.role(),
                    compiled(content, message.content()),
                    "/messages/%d/content".formatted(steps.size()));
            case Placeholder _ -> new Step.ConversationSlot();
          });
    }
    return new PromptRenderer(content, steps);
  }

  public PromptContent content() {
    return content;
  }

  /**
   * Renders what a call with these messages would send to a model, except for the additions of an
   * index.
   *
   * @param messages the caller's messages; null for the prompt by itself
   */
  public Outcome preview(ObjectNode values, @Nullable List<ObjectNode> messages) {
    if (messages == null) {
      return render(values);
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    messages.forEach(list::add);
    return switch (Conversation.parse(list)) {
      case Conversation conversation ->
          render(values, conversation, null, query -> Retrieved.NOTHING);
      case ParsedConversation.Malformed malformed -> new Outcome.Refused(malformed.violations());
    };
  }

  /** Renders the prompt by itself, without a caller's messages. */
  public Outcome render(ObjectNode values) {
    return render(
        new CallFit.Fits(values, Conversation.EMPTY, null), null, query -> Retrieved.NOTHING);
  }

  /**
   * Renders the prompt as it answers a call.
   *
   * @param values the values of variables by name
   * @param filled the variable that only retrieval fills; absent if there is none
   * @param retrieved the retrieval for a text, called once the call fits: with the last user
   *     message, or else with the value of the variable that such a message would fill
   */
  public Outcome render(
      ObjectNode values,
      Conversation conversation,
      @Nullable String filled,
      Function<String, Retrieved> retrieved) {
    ObjectNode given = values.deepCopy();
    if (filled != null) {
      given.put(filled, "");
    }
    return switch (fitCall(given, conversation)) {
      case CallFit.Misfit misfit -> new Outcome.Refused(List.of(misfit.violation()));
      case CallFit.Fits fits -> render(fits, filled, retrieved);
    };
  }

  private CallFit fitCall(ObjectNode given, Conversation conversation) {
    if (hasPlaceholder) {
      return CallFit.fitPlaceholder(question != null, given, conversation);
    }
    if (question != null) {
      return CallFit.fitQuestion(variables, given, conversation);
    }
    return CallFit.fitFollowingMessages(variables, given, conversation);
  }

  private Outcome render(
      CallFit.Fits fits, @Nullable String filled, Function<String, Retrieved> retrieved) {
    List<Violation> refused =
        variables.check(fits.values()).stream()
            // Retrieval fills this variable, so its violations are not the caller's.
            .filter(
                violation -> filled == null || !violation.pointer().equals("/variables/" + filled))
            .toList();
    if (!refused.isEmpty()) {
      return new Outcome.Refused(refused);
    }
    Retrieved added = retrievalQuery(fits, filled).map(retrieved).orElse(Retrieved.NOTHING);
    List<Example> examples =
        Stream.concat(content.examples().stream(), added.examples().stream()).toList();
    // The documents behind an example's answer are unknown, so examples get no retrieved text.
    Map<String, @Nullable Object> ofExamples = variables.withDefaults(fits.values());
    Map<String, @Nullable Object> complete = new LinkedHashMap<>(ofExamples);
    if (filled != null) {
      complete.put(filled, added.text());
    }
    String input = variables.exampleInputVariable(filled);
    List<Violation> violations = new ArrayList<>();
    List<ObjectNode> messages = new ArrayList<>();
    Span callers = Span.NONE;
    for (Step step : steps) {
      switch (step) {
        case Step.Written written -> {
          if (written.equals(question)) {
            addExamples(examples, input, ofExamples, messages, violations);
          }
          renderStep(written, complete, written.pointer(), violations)
              .map(text -> message(written.role(), text))
              .map(message ->
                  written.equals(question) ? withAskerFields(message, fits.asker()) : message)
              .ifPresent(messages::add);
          if (written.equals(question) && !hasPlaceholder) {
            callers = new Span(messages.size() - 1, messages.size());
          }
        }
        case Step.ConversationSlot _ -> {
          if (question == null) {
            addExamples(examples, input, ofExamples, messages, violations);
          }
          messages.addAll(fits.conversation().messages());
          callers =
              new Span(messages.size() - fits.conversation().messages().size(), messages.size());
        }
      }
    }
    if (!violations.isEmpty()) {
      return new Outcome.Refused(List.copyOf(violations));
    }
    return new Outcome.Rendered(
        new RenderedPrompt(messages, callers, content.parameters(), content.responseFormat()));
  }

  private Optional<String> retrievalQuery(CallFit.Fits fits, @Nullable String filled) {
    String input = variables.exampleInputVariable(filled);
    return Optional.ofNullable(fits.asker())
        .or(() -> fits.conversation().lastUserMessage())
        .map(Conversation::text)
        .or(() ->
            Optional.ofNullable(input)
                .map(fits.values()::path)
                .filter(JsonNode::isString)
                .map(JsonNode::asString))
        .filter(text -> !text.isBlank());
  }

  private void addExamples(
      List<Example> examples,
      @Nullable String input,
      Map<String, @Nullable Object> complete,
      List<ObjectNode> messages,
      List<Violation> violations) {
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      if (input == null || question == null) {
        messages.add(message(Message.Role.USER, example.input()));
      } else {
        Map<String, @Nullable Object> filled = new LinkedHashMap<>(complete);
        filled.put(input, example.input());
        renderStep(question, filled, "/examples/%d/input".formatted(i), violations)
            .ifPresent(text -> messages.add(message(Message.Role.USER, text)));
      }
      messages.add(message(Message.Role.ASSISTANT, example.output()));
    }
  }

  private static ObjectNode message(Message.Role role, String content) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("role", role.wireName())
        .put("content", content);
  }

  /** Adds to a question the other fields of the message that fills it, such as the asker's name. */
  private static ObjectNode withAskerFields(ObjectNode question, @Nullable ObjectNode asker) {
    if (asker != null) {
      asker
          .propertyStream()
          .filter(field -> !question.has(field.getKey()))
          .forEach(field -> question.set(field.getKey(), field.getValue()));
    }
    return question;
  }

  private static Optional<String> renderStep(
      Step.Written written,
      Map<String, @Nullable Object> values,
      String pointer,
      List<Violation> violations) {
    return switch (written.template().render(values)) {
      case Rendering.Text text -> Optional.of(text.text());
      case Rendering.Refused why -> {
        violations.add(new Violation(pointer, why.reason()));
        yield Optional.empty();
      }
    };
  }

  private static CompiledTemplate compiled(PromptContent content, String source) {
    return switch (Template.parse(source)) {
      case Template template -> CompiledTemplate.of(content.compose(template));
      case ParsedTemplate.Malformed malformed ->
          throw new IllegalArgumentException("not a published prompt: " + malformed.reason());
    };
  }
}
