package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.scorer.Scorer.Match;
import io.plumbline.evaluation.scorer.Scorer.Position;
import io.plumbline.items.Expected;
import io.plumbline.prompttemplate.content.AnswerSchema;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.json.JsonMapper;

/** The scorers of a suite, prepared for any number of outputs. */
public final class SuiteScorers {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, Scoring> scorings = new LinkedHashMap<>();

  private SuiteScorers(List<Scorer> scorers) {
    scorers.forEach(scorer -> scorings.put(scorer.name(), scoring(scorer)));
  }

  /**
   * @throws IllegalStateException for a scorer of another version: what it gave cannot be computed
   *     again
   */
  public static SuiteScorers of(List<Scorer> scorers) {
    return new SuiteScorers(scorers);
  }

  /** What each scorer gives an output, by its name, in the order of the suite. */
  public Map<String, Score> score(Expected expected, ModelMessage message) {
    Map<String, Score> scores = new LinkedHashMap<>();
    scorings.forEach((name, scoring) -> scores.put(name, scoring.score(expected, message)));
    return scores;
  }

  /** What an item does not have and a scorer needs; empty when it has all. */
  public Optional<String> lacks(String scorer, Expected expected) {
    return scoring(scorer).lacks(expected);
  }

  /** Whether a scorer needs each item to have it; else one of all is enough. */
  public boolean needsEach(String scorer) {
    return scoring(scorer).needsEach();
  }

  private Scoring scoring(String scorer) {
    return Objects.requireNonNull(scorings.get(scorer), scorer);
  }

  private static Scoring scoring(Scorer scorer) {
    if (scorer.version() != scorer.type().version()) {
      throw new IllegalStateException(
          "Scorer %s is of version %d of the type %s, of which this release has version %d"
              .formatted(
                  scorer.name(),
                  scorer.version(),
                  scorer.type().wireName(),
                  scorer.type().version()));
    }
    return switch (scorer.type()) {
      case LABEL -> new LabelScoring(JSON);
      case EXACT -> new ExactScoring(JSON);
      case NORMALISED -> new NormalisedScoring();
      case CONTAINS -> new ContainsScoring(given(scorer.values()), scorer.match() != Match.ANY);
      case REGEX -> RegexScoring.of(given(scorer.pattern()));
      case NUMERIC ->
          new NumericScoring(
              scorer.number() == null ? Position.LAST : scorer.number(),
              decimal(scorer.absolute()),
              decimal(scorer.relative()));
      case JSON_SCHEMA -> new JsonSchemaScoring(AnswerSchema.compile(given(scorer.schema())));
      case FIELDS ->
          new FieldsScoring(given(scorer.pointers()).stream().map(JsonPointer::compile).toList());
      case TOOL_CALLS -> new ToolCallsScoring(!Boolean.FALSE.equals(scorer.arguments()));
    };
  }

  /** What a suite was published with. */
  private static <T> T given(@Nullable T configured) {
    return Objects.requireNonNull(configured);
  }

  private static BigDecimal decimal(@Nullable Double tolerance) {
    return tolerance == null ? BigDecimal.ZERO : BigDecimal.valueOf(tolerance);
  }
}
