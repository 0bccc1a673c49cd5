package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.evaluation.answer.ModelMessage.Call;
import io.plumbline.evaluation.answer.ReferenceAnswers;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.platform.digest.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The text that a judge is asked about an answer. It is canonical JSON (RFC 8785) of {@code
 * conversation}, {@code variables}, {@code answer}, {@code rubric}, {@code references} and {@code
 * answers}, as far as the item has them; a question that documents do not answer has an empty list
 * of answers. In JSON an answer remains the value of its field, since no text in it can close the
 * quote or add a field. The answer consists of the model's text and tool calls, in the shape of the
 * OpenAI API, and contains nothing else that its provider sent.
 */
public final class JudgePrompt {

  private static final int MAX_CHARACTERS = TextScoring.MAX_CHARACTERS;

  private JudgePrompt() {}

  public static String of(Input input, ModelMessage answer, Expected expected) {
    Map<String, Object> frame = new TreeMap<>();
    frame.put("conversation", input.messages());
    if (!input.variables().isEmpty()) {
      frame.put("variables", input.variables());
    }
    frame.put("answer", message(answer));
    String rubric = expected.rubric();
    if (rubric != null) {
      frame.put("rubric", rubric);
    }
    List<String> references = ReferenceAnswers.of(expected);
    if (!references.isEmpty()) {
      frame.put("references", references);
    }
    List<String> answers = expected.answers();
    if (answers != null) {
      frame.put("answers", answers);
    }
    return new String(CanonicalJson.bytes(frame), StandardCharsets.UTF_8);
  }

  private static Map<String, Object> message(ModelMessage answer) {
    Map<String, Object> message = new TreeMap<>();
    message.put("role", "assistant");
    String content = answer.content();
    if (content != null) {
      message.put("content", Score.replaceUnstorableCharacters(content));
    }
    List<Map<String, Object>> calls = new ArrayList<>();
    for (Call call : answer.toolCalls()) {
      calls.add(
          Map.of(
              "type",
              "function",
              "function",
              Map.of(
                  "name",
                  Score.replaceUnstorableCharacters(call.name()),
                  "arguments",
                  Score.replaceUnstorableCharacters(call.arguments()))));
    }
    if (!calls.isEmpty()) {
      message.put("tool_calls", calls);
    }
    return message;
  }

  /**
   * Returns the score of an answer that is longer than any scorer reads; empty for any other. No
   * judge is asked about it, since that would cost money and most models would reject it.
   */
  static Optional<Score> scoreIfTooLong(ModelMessage answer) {
    String content = Objects.requireNonNullElse(answer.content(), "");
    long characters =
        content.length()
            + answer.toolCalls().stream()
                .mapToLong(call -> (long) call.name().length() + call.arguments().length())
                .sum();
    if (characters <= MAX_CHARACTERS) {
      return Optional.empty();
    }
    return Optional.of(
        Score.zero(
            "The answer has %,d characters, and judges read at most %,d."
                .formatted(characters, MAX_CHARACTERS)));
  }
}
