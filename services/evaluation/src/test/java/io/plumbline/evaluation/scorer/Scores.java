package io.plumbline.evaluation.scorer;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import io.plumbline.items.ToolCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Creates scorers for tests, each alone in a suite, and the expectations of items. */
public final class Scores {

  static final JsonMapper JSON = JsonMapper.shared();

  private Scores() {}

  static Scorer contains(Scorer.Match match, String... values) {
    return configured(ScorerType.CONTAINS, Map.of("values", List.of(values), "match", match));
  }

  /** Returns a scorer that looks for each item's references. */
  static Scorer containsReferences(Scorer.Match match) {
    return configured(ScorerType.CONTAINS, Map.of("match", match));
  }

  static Scorer regex(String pattern) {
    return configured(ScorerType.REGEX, Map.of("pattern", pattern));
  }

  static Scorer numeric(Scorer.Position position, double absolute, double relative) {
    return configured(
        ScorerType.NUMERIC, Map.of("number", position, "absolute", absolute, "relative", relative));
  }

  static Scorer schema(String schema) {
    return configured(ScorerType.JSON_SCHEMA, Map.of("schema", JSON.readTree(schema)));
  }

  static Scorer fields(String... pointers) {
    return configured(ScorerType.FIELDS, Map.of("pointers", List.of(pointers)));
  }

  static Scorer toolCalls(boolean arguments) {
    return configured(ScorerType.TOOL_CALLS, Map.of("arguments", arguments));
  }

  static Scorer groundedness(double threshold) {
    return configured(ScorerType.GROUNDEDNESS, Map.of("threshold", threshold));
  }

  /** Returns a scorer that asks a variant. */
  public static Scorer judge(String name, Digest variant) {
    return configured(ScorerType.JUDGE, Map.of("name", name, "variant", variant));
  }

  /** Returns a scorer that is computed from the scores of another, which {@code of} names. */
  public static Scorer about(ScorerType type, String of) {
    return configured(type, Map.of("name", type.defaultName(), "of", of));
  }

  /** Returns a scorer of the retrieved passages. */
  public static Scorer ofRetrieval(ScorerType type, int k) {
    return configured(type, Map.of("name", type.defaultName(), "k", k));
  }

  /** Returns the same scorer over answerable items alone, with the name that says so. */
  public static Scorer answerable(Scorer scorer) {
    Scorer.Over items = Scorer.Over.ANSWERABLE;
    ObjectNode fields = JSON.valueToTree(scorer);
    fields.put("name", items.defaultNameOf(scorer.type()));
    fields.putPOJO("over", items);
    return JSON.convertValue(fields, Scorer.class);
  }

  /**
   * Returns a scorer with the name {@code it}.
   *
   * @param fields its fields by name, which may have another name; other fields have no value
   */
  static Scorer configured(ScorerType type, Map<String, Object> fields) {
    Map<String, Object> scorer = new HashMap<>();
    scorer.put("type", type);
    scorer.put("name", "it");
    scorer.put("version", type.version());
    scorer.putAll(fields);
    return JSON.convertValue(scorer, Scorer.class);
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
