package io.plumbline.promptregistry.content;

import io.plumbline.promptregistry.content.RenderedPrompt.Turn;
import io.plumbline.promptregistry.rendering.ParsedTemplate;
import io.plumbline.promptregistry.rendering.Renderer;
import io.plumbline.promptregistry.rendering.Rendering;
import io.plumbline.promptregistry.rendering.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Renders a content with values to messages: system messages, then each example as a user and an
 * assistant message, then the rest. An example's input goes through the same user message as the
 * real input where the prompt has one required variable, so that both have the same shape.
 */
public final class PromptRendering {

  private PromptRendering() {}

  /** The result of rendering. */
  public sealed interface Outcome {

    /** The finished prompt. */
    record Rendered(RenderedPrompt prompt) implements Outcome {}

    /** Not rendered, because of these violations. */
    record Refused(List<Violation> violations) implements Outcome {}
  }

  public static Outcome render(PromptContent content, ObjectNode values) {
    List<Violation> violations = Variables.check(content.variables(), values);
    if (!violations.isEmpty()) {
      return new Outcome.Refused(violations);
    }
    Map<String, @Nullable Object> variables = Variables.complete(content.variables(), values);
    List<Turn> turns = new ArrayList<>();
    List<Turn> rest = new ArrayList<>();
    List<Violation> refused = new ArrayList<>();
    for (int i = 0; i < content.messages().size(); i++) {
      Message message = content.messages().get(i);
      String pointer = "/messages/%d/content".formatted(i);
      fill(message.content(), variables, pointer, refused)
          .ifPresent(text ->
              (message.role() == Message.Role.SYSTEM ? turns : rest)
                  .add(new Turn(message.role(), text)));
    }
    examples(content, variables, turns, refused);
    turns.addAll(rest);
    return refused.isEmpty()
        ? new Outcome.Rendered(
            new RenderedPrompt(List.copyOf(turns), content.parameters(), content.responseFormat()))
        : new Outcome.Refused(refused);
  }

  /**
   * The prompt as a request to the OpenAI API; its {@code model} is among the parameters or added
   * by the caller.
   */
  public static ObjectNode chatRequest(String name, RenderedPrompt prompt) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.setAll(prompt.parameters());
    var messages = request.putArray("messages");
    prompt
        .messages()
        .forEach(turn ->
            messages.addObject().put("role", turn.role().wire()).put("content", turn.content()));
    if (prompt.responseFormat() != null) {
      request.set("response_format", ResponseFormat.wrapped(name, prompt.responseFormat()));
    }
    return request;
  }

  private static void examples(
      PromptContent content,
      Map<String, @Nullable Object> variables,
      List<Turn> turns,
      List<Violation> refused) {
    String sole = Variables.sole(content.variables());
    String shape =
        content.messages().stream()
            .filter(message -> message.role() == Message.Role.USER)
            .reduce((first, last) -> last)
            .map(Message::content)
            .orElse(null);
    for (int i = 0; i < content.examples().size(); i++) {
      Example example = content.examples().get(i);
      if (sole == null || shape == null) {
        turns.add(new Turn(Message.Role.USER, example.input()));
      } else {
        Map<String, @Nullable Object> filled = new LinkedHashMap<>(variables);
        filled.put(sole, example.input());
        fill(shape, filled, "/examples/%d/input".formatted(i), refused)
            .ifPresent(text -> turns.add(new Turn(Message.Role.USER, text)));
      }
      turns.add(new Turn(Message.Role.ASSISTANT, example.output()));
    }
  }

  private static Optional<String> fill(
      String source,
      Map<String, @Nullable Object> variables,
      String pointer,
      List<Violation> refused) {
    return switch (Template.parse(source)) {
      case ParsedTemplate.Malformed malformed -> {
        refused.add(new Violation(pointer, malformed.reason()));
        yield Optional.empty();
      }
      case Template template ->
          switch (Renderer.render(template, variables)) {
            case Rendering.Text text -> Optional.of(text.text());
            case Rendering.Refused why -> {
              refused.add(new Violation(pointer, why.reason()));
              yield Optional.empty();
            }
          };
    };
  }
}
