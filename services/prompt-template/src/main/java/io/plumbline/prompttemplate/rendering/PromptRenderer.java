package io.plumbline.prompttemplate.rendering;

import io.plumbline.prompttemplate.content.Example;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.Variables;
import io.plumbline.prompttemplate.content.Violation;
import io.plumbline.prompttemplate.rendering.RenderedPrompt.Turn;
import io.plumbline.prompttemplate.template.CompiledTemplate;
import io.plumbline.prompttemplate.template.ParsedTemplate;
import io.plumbline.prompttemplate.template.Rendering;
import io.plumbline.prompttemplate.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The only code that turns a prompt version into messages, so that what a preview shows is what a
 * model gets. Messages keep their order; examples stand before the last user message, which is the
 * question. Where the prompt has one variable that an input fills, an example's input goes through
 * the question's template as the real one does, so that both have the same shape.
 *
 * <p>Compiled once for a version, for any number of threads.
 */
public final class PromptRenderer {

  private final PromptContent content;
  private final Variables variables;
  private final List<CompiledTemplate> templates;

  /** Position of the last user message; -1 without one. */
  private final int question;

  private PromptRenderer(PromptContent content, List<CompiledTemplate> templates) {
    this.content = content;
    this.variables = Variables.of(content.variables());
    this.templates = templates;
    this.question =
        content.messages().stream().map(Message::role).toList().lastIndexOf(Message.Role.USER);
  }

  /** The result of rendering. */
  public sealed interface Outcome {

    /** The finished prompt. */
    record Rendered(RenderedPrompt prompt) implements Outcome {}

    /** Not rendered, because of these violations. */
    record Refused(List<Violation> violations) implements Outcome {}
  }

  /**
   * @throws IllegalArgumentException for a content that breaks the rules and cannot have been
   *     published
   */
  public static PromptRenderer of(PromptContent content) {
    return new PromptRenderer(
        content, content.messages().stream().map(message -> compiled(message.content())).toList());
  }

  public PromptContent content() {
    return content;
  }

  public Variables variables() {
    return variables;
  }

  /** Whether the prompt ends with a question of its own, so that it needs no message to be one. */
  public boolean hasQuestion() {
    return question >= 0;
  }

  /** The prompt by itself. */
  public Outcome render(ObjectNode values) {
    return render(values, List::of, null);
  }

  /**
   * @param retrieved further examples, after those of the prompt; asked for once the values fit
   * @param message the user message that follows a prompt without a question of its own
   */
  public Outcome render(
      ObjectNode values, Supplier<List<Example>> retrieved, @Nullable String message) {
    List<Violation> refused = variables.check(values);
    if (!refused.isEmpty()) {
      return new Outcome.Refused(refused);
    }
    Map<String, @Nullable Object> complete = variables.complete(values);
    List<Example> examples =
        Stream.concat(content.examples().stream(), retrieved.get().stream()).toList();
    List<Violation> violations = new ArrayList<>();
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < content.messages().size(); i++) {
      if (i == question) {
        add(examples, complete, turns, violations);
      }
      Message.Role role = content.messages().get(i).role();
      fill(templates.get(i), complete, "/messages/%d/content".formatted(i), violations)
          .ifPresent(text -> turns.add(new Turn(role, text)));
    }
    if (question < 0) {
      add(examples, complete, turns, violations);
      if (message != null) {
        turns.add(new Turn(Message.Role.USER, message));
      }
    }
    return violations.isEmpty()
        ? new Outcome.Rendered(
            new RenderedPrompt(turns, content.parameters(), content.responseFormat()))
        : new Outcome.Refused(List.copyOf(violations));
  }

  private void add(
      List<Example> examples,
      Map<String, @Nullable Object> complete,
      List<Turn> turns,
      List<Violation> violations) {
    String input = variables.input();
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      if (input == null || question < 0) {
        turns.add(new Turn(Message.Role.USER, example.input()));
      } else {
        Map<String, @Nullable Object> filled = new LinkedHashMap<>(complete);
        filled.put(input, example.input());
        fill(templates.get(question), filled, "/examples/%d/input".formatted(i), violations)
            .ifPresent(text -> turns.add(new Turn(Message.Role.USER, text)));
      }
      turns.add(new Turn(Message.Role.ASSISTANT, example.output()));
    }
  }

  private static Optional<String> fill(
      CompiledTemplate template,
      Map<String, @Nullable Object> values,
      String pointer,
      List<Violation> violations) {
    return switch (template.render(values)) {
      case Rendering.Text text -> Optional.of(text.text());
      case Rendering.Refused why -> {
        violations.add(new Violation(pointer, why.reason()));
        yield Optional.empty();
      }
    };
  }

  private static CompiledTemplate compiled(String source) {
    return switch (Template.parse(source)) {
      case Template template -> CompiledTemplate.of(template);
      case ParsedTemplate.Malformed malformed ->
          throw new IllegalArgumentException("not a published prompt: " + malformed.reason());
    };
  }
}
