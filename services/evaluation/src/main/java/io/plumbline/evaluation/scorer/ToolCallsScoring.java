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
 * The scorer that checks whether exactly the expected tools were called, each as often as expected,
 * in any order. Where no call is expected, it checks that none was made.
 *
 * @param arguments whether the arguments must be the same by value, and not the names alone
 */
record ToolCallsScoring(boolean arguments) implements Scoring {

  /** The largest number of calls of an answer that are compared. */
  static final int MAX_CALLS = 100;

  private static final JsonNode NONE = JsonMapper.shared().createObjectNode();

  @Override
  public Score score(Expected expected, ModelAnswer answer) {
    ModelMessage message = answer.message();
    if (message.toolCalls().size() > MAX_CALLS) {
      return Score.zero(
          "%,d tools were called, and at most %d are compared."
              .formatted(message.toolCalls().size(), MAX_CALLS));
    }
    List<ToolCall> missing = new ArrayList<>(expected.toolCalls());
    List<Call> extra = new ArrayList<>(message.toolCalls());
    removeMatches(missing, extra, this::isSame);
    if (message.toolCalls().isEmpty() && missing.isEmpty()) {
      return Score.full("No tool was to be called, and none was.");
    }
    if (missing.isEmpty() && extra.isEmpty()) {
      return Score.full("The expected tools were called.");
    }
    // Calls that still match by name have other arguments.
    List<String> different =
        removeMatches(missing, extra, (wanted, made) -> wanted.name().equals(made.name()));
    List<String> differences = new ArrayList<>();
    addNames(differences, "missing: ", missing.stream().map(ToolCall::name).toList());
    addNames(differences, "extra: ", extra.stream().map(Call::name).toList());
    addNames(differences, "with other arguments: ", different);
    return Score.zero("Tool calls differ; " + String.join("; ", differences) + ".");
  }

  /**
   * Removes matching pairs from both lists and returns the names of the matched tools. The first
   * match is good enough, since equality is transitive.
   */
  private static List<String> removeMatches(
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
            || readArguments(made.arguments())
                .filter(read -> JsonValues.equal(wanted.arguments(), read))
                .isPresent());
  }

  /** Reads arguments; a blank text counts as an empty object, since models leave that out. */
  private static Optional<JsonNode> readArguments(String arguments) {
    if (arguments.isBlank()) {
      return Optional.of(NONE);
    }
    return JsonValues.read(arguments);
  }

  private static void addNames(List<String> differences, String what, List<String> names) {
    if (!names.isEmpty()) {
      differences.add(what + names.stream().map(Score::quoted).collect(Collectors.joining(", ")));
    }
  }

  @Override
  public Optional<String> missingPart(Expected expected) {
    if (!expected.toolCalls().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of("tool calls");
  }

  @Override
  public boolean requiresEveryItem() {
    return false;
  }
}
