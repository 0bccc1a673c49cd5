package io.plumbline.promptregistry.lint;

import io.plumbline.prompttemplate.content.Example;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.ResponseFormat;
import io.plumbline.prompttemplate.template.ComposedTemplate;
import io.plumbline.prompttemplate.template.Template;
import io.plumbline.prompttemplate.tokens.TokenCount;
import io.plumbline.prompttemplate.tokens.TokenCounter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A content with its templates parsed and its tokens counted once for all rules; messages with a
 * malformed template are skipped.
 *
 * @param tokens the tokens of everything that is fixed, partials included; the values of the
 *     variables are not counted
 */
record ParsedDraft(PromptContent content, List<Part> parts, TokenCount tokens) {

  /**
   * A message with its parsed template.
   *
   * @param composed the template with its partials
   */
  record Part(
      int index, Message.Role role, String text, Template template, ComposedTemplate composed) {}

  /** A text of the version with its pointer. */
  record Passage(String pointer, @Nullable Integer message, String text) {}

  static ParsedDraft of(PromptContent content) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < content.messages().size(); i++) {
      if (content.messages().get(i) instanceof Message message
          && Template.parse(message.content()) instanceof Template template) {
        parts.add(
            new Part(i, message.role(), message.content(), template, content.compose(template)));
      }
    }
    return new ParsedDraft(content, List.copyOf(parts), countTokens(content, parts));
  }

  /** Returns the instructions to the model, partials included, without variables. */
  String instructions() {
    StringBuilder words = new StringBuilder();
    parts.stream()
        .filter(part -> part.role() != Message.Role.ASSISTANT)
        .forEach(part -> words.append(part.composed().textWithoutTags()).append('\n'));
    return words.toString();
  }

  List<String> answerOptions() {
    return ResponseFormat.enumOptions(content.answerSchema());
  }

  private static TokenCount countTokens(PromptContent content, List<Part> parts) {
    ObjectNode request = content.parameters().deepCopy();
    ArrayNode messages = request.putArray("messages");
    parts.forEach(part -> addMessage(messages, part.role(), part.composed().joinTextTokens("")));
    for (Example example : content.examples()) {
      addMessage(messages, Message.Role.USER, example.input());
      addMessage(messages, Message.Role.ASSISTANT, example.output());
    }
    if (content.responseFormat() != null) {
      request.set("response_format", ResponseFormat.wrap(content.responseFormat()));
    }
    return TokenCounter.of(request.path("model").asString("")).count(request, Long.MAX_VALUE);
  }

  private static void addMessage(ArrayNode messages, Message.Role role, String content) {
    messages.addObject().put("role", role.wireName()).put("content", content);
  }

  List<Passage> passages() {
    List<Passage> passages = new ArrayList<>();
    for (int i = 0; i < content.messages().size(); i++) {
      if (content.messages().get(i) instanceof Message message) {
        passages.add(new Passage("/messages/%d/content".formatted(i), i, message.content()));
      }
    }
    for (int i = 0; i < content.examples().size(); i++) {
      Example example = content.examples().get(i);
      passages.add(new Passage("/examples/%d/input".formatted(i), null, example.input()));
      passages.add(new Passage("/examples/%d/output".formatted(i), null, example.output()));
    }
    return passages;
  }
}
