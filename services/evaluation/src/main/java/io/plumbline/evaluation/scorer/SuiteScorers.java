package io.plumbline.evaluation.scorer;

import io.plumbline.contracts.Digest;
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

  private final List<Scorer> scorers;
  private final Map<String, Scoring> scorings = new LinkedHashMap<>();

  private SuiteScorers(List<Scorer> scorers) {
    this.scorers = List.copyOf(scorers);
    for (Scorer scorer : scorers) {
      requireVersion(scorer);
      scoring(scorer).ifPresent(scoring -> scorings.put(scorer.name(), scoring));
    }
  }

  /**
   * @throws IllegalStateException for a scorer of another version: what it gave cannot be computed
   *     again
   */
  public static SuiteScorers of(List<Scorer> scorers) {
    return new SuiteScorers(scorers);
  }

  /** The variants that judge answers, by the names of their scorers. */
  public static Map<String, Digest> judges(List<Scorer> scorers) {
    Map<String, Digest> judges = new LinkedHashMap<>();
    scorers.stream()
        .filter(scorer -> scorer.type() == ScorerType.JUDGE)
        .forEach(scorer -> judges.put(scorer.name(), given(scorer.variant())));
    return judges;
  }

  /** Those that are asked about an answer; no judge about one that is too long. */
  public Map<String, Digest> judgesOf(ModelMessage message) {
    return JudgeFrame.unread(message).isPresent() ? Map.of() : judges(scorers);
  }

  /**
   * What each scorer gives an output, by its name, in the order of the suite.
   *
   * @param judged what judges gave it; one that gave it nothing has no score
   */
  public Map<String, Score> score(
      Expected expected, ModelMessage message, Map<String, Score> judged) {
    Map<String, Score> scores = new LinkedHashMap<>();
    for (Scorer scorer : scorers) {
      Scoring scoring = scorings.get(scorer.name());
      Optional<Score> score =
          scoring == null
              ? JudgeFrame.unread(message).or(() -> Optional.ofNullable(judged.get(scorer.name())))
              : Optional.of(scoring.score(expected, message));
      score.ifPresent(given -> scores.put(scorer.name(), given));
    }
    return scores;
  }

  /** What an item does not have and a scorer needs; empty when it has all. */
  public Optional<String> lacks(String scorer, Expected expected) {
    return Optional.ofNullable(scorings.get(scorer)).flatMap(scoring -> scoring.lacks(expected));
  }

  /** Whether a scorer needs each item to have it; else one of all is enough. */
  public boolean needsEach(String scorer) {
    Scoring scoring = scorings.get(scorer);
    return scoring == null || scoring.needsEach();
  }

  private static void requireVersion(Scorer scorer) {
    if (scorer.version() != scorer.type().version()) {
      throw new IllegalStateException(
          "Scorer %s is of version %d of the type %s, of which this release has version %d"
              .formatted(
                  scorer.name(),
                  scorer.version(),
                  scorer.type().wireName(),
                  scorer.type().version()));
    }
  }

  /** Empty for a judge, which is no function of the output. */
  private static Optional<Scoring> scoring(Scorer scorer) {
    return Optional.ofNullable(
        switch (scorer.type()) {
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
              new FieldsScoring(
                  given(scorer.pointers()).stream().map(JsonPointer::compile).toList());
          case TOOL_CALLS -> new ToolCallsScoring(!Boolean.FALSE.equals(scorer.arguments()));
          case JUDGE -> null;
        });
  }

  /** What a suite was published with. */
  private static <T> T given(@Nullable T configured) {
    return Objects.requireNonNull(configured);
  }

  private static BigDecimal decimal(@Nullable Double tolerance) {
    return tolerance == null ? BigDecimal.ZERO : BigDecimal.valueOf(tolerance);
  }
}
