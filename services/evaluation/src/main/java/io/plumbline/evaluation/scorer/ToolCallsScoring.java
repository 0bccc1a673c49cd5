package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.evaluation.answer.ModelMessage.Call;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import io.plumbline.items.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether the tools that an item expects were called, each as often, and no others; the order makes
 * no difference. Where none is expected, whether none was called.
 *
 * @param arguments whether they have to be the same by value, and not the names alone
 */
record ToolCallsScoring(boolean arguments) implements Scoring {

  /** Calls of an answer that are compared. */
  static final int MAX_CALLS = 100;

  private static final JsonNode NONE = JsonMapper.shared().createObjectNode();

  @Override
  public Score score(Expected expected, ModelAnswer answer) {
    ModelMessage message = answer.message();
    if (message.toolCalls().size() > MAX_CALLS) {
      return Score.none(
          "%,d tools were called, and at most %d are compared."
              .formatted(message.toolCalls().size(), MAX_CALLS));
    }
    List<ToolCall> missing = new ArrayList<>(expected.toolCalls());
    List<Call> extra = new ArrayList<>(message.toolCalls());
    match(missing, extra, this::isSame);
    if (missing.isEmpty() && extra.isEmpty()) {
      return Score.full(
          message.toolCalls().isEmpty()
              ? "No tool was to be called, and none was."
              : "The expected tools were called.");
    }
    // What is left by the same name was called otherwise.
    List<String> different =
        match(missing, extra, (wanted, made) -> wanted.name().equals(made.name()));
    List<String> differences = new ArrayList<>();
    add(differences, "missing: ", missing.stream().map(ToolCall::name).toList());
    add(differences, "extra: ", extra.stream().map(Call::name).toList());
    add(differences, "with other arguments: ", different);
    return Score.none("Tool calls differ; " + String.join("; ", differences) + ".");
  }

  /** Takes pairs out of both lists; equality is transitive, so that the first partner will do. */
  private static List<String> match(
      List<ToolCall> missing, List<Call> extra, BiPredicate<ToolCall, Call> same) {
    List<String> matched = new ArrayList<>();
    missing.removeIf(wanted -> {
      Optional<Call> partner = extra.stream().filter(made -> same.test(wanted, made)).findFirst();
      partner.ifPresent(made -> {
        extra.remove(made);
        matched.add(wanted.name());
      });
      return partner.isPresent();
    });
    return matched;
  }

  private boolean isSame(ToolCall wanted, Call made) {
    return wanted.name().equals(made.name())
        && (!arguments
            || read(made.arguments())
                .filter(read -> JsonValues.equal(wanted.arguments(), read))
                .isPresent());
  }

  /** Models leave out what is empty. */
  private static Optional<JsonNode> read(String arguments) {
    return arguments.isBlank() ? Optional.of(NONE) : JsonValues.read(arguments);
  }

  private static void add(List<String> differences, String what, List<String> names) {
    if (!names.isEmpty()) {
      differences.add(what + names.stream().map(Score::quoted).collect(Collectors.joining(", ")));
    }
  }

  @Override
  public Optional<String> lacks(Expected expected) {
    return expected.toolCalls().isEmpty() ? Optional.of("tool calls") : Optional.empty();
  }

  @Override
  public boolean needsEach() {
    return false;
  }
}
