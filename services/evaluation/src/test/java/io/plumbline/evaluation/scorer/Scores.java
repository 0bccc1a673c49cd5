package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import io.plumbline.items.ToolCall;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Scorers of tests, each alone in a suite, and what items expect. */
final class Scores {

  static final JsonMapper JSON = JsonMapper.shared();

  private Scores() {}

  static Scorer contains(Scorer.Match match, String... values) {
    return scorer(ScorerType.CONTAINS, List.of(values), match, null, null, null, null, null, null);
  }

  static Scorer regex(String pattern) {
    return scorer(ScorerType.REGEX, null, null, pattern, null, null, null, null, null);
  }

  static Scorer numeric(Scorer.Position position, double absolute, double relative) {
    return scorer(
        ScorerType.NUMERIC,
        null,
        null,
        null,
        position,
        List.of(absolute, relative),
        null,
        null,
        null);
  }

  static Scorer schema(String schema) {
    return scorer(
        ScorerType.JSON_SCHEMA,
        null,
        null,
        null,
        null,
        null,
        (ObjectNode) JSON.readTree(schema),
        null,
        null);
  }

  static Scorer fields(String... pointers) {
    return scorer(ScorerType.FIELDS, null, null, null, null, null, null, List.of(pointers), null);
  }

  static Scorer toolCalls(boolean arguments) {
    return scorer(ScorerType.TOOL_CALLS, null, null, null, null, null, null, null, arguments);
  }

  static Scorer groundedness(double threshold) {
    ScorerType type = ScorerType.GROUNDEDNESS;
    return new Scorer(
        type,
        "it",
        type.version(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        threshold,
        null);
  }

  private static Scorer scorer(
      ScorerType type,
      @Nullable List<String> values,
      Scorer.@Nullable Match match,
      @Nullable String pattern,
      Scorer.@Nullable Position position,
      @Nullable List<Double> tolerances,
      @Nullable ObjectNode schema,
      @Nullable List<String> pointers,
      @Nullable Boolean arguments) {
    return new Scorer(
        type,
        "it",
        type.version(),
        values,
        match,
        pattern,
        position,
        tolerances == null ? null : tolerances.getFirst(),
        tolerances == null ? null : tolerances.getLast(),
        schema,
        pointers,
        arguments,
        null,
        null,
        null,
        null);
  }

  static Expected references(String... references) {
    return new Expected(null, List.of(references), null, null);
  }

  static Expected calls(ToolCall... calls) {
    return new Expected(null, null, null, List.of(calls));
  }

  static ToolCall call(String name, String arguments) {
    return new ToolCall(name, (ObjectNode) JSON.readTree(arguments));
  }

  static Score score(Scorer scorer, Expected expected, ModelMessage message) {
    return score(scorer, expected, ModelAnswer.of(message));
  }

  static Score score(Scorer scorer, Expected expected, ModelAnswer answer) {
    return SuiteScorers.of(List.of(scorer))
        .score(expected, answer, Map.of())
        .scores()
        .values()
        .iterator()
        .next();
  }

  static Score score(Scorer scorer, Expected expected, String answer) {
    return score(scorer, expected, ModelMessage.ofText(answer));
  }
}
