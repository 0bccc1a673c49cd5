package io.plumbline.evaluation.scorer;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.scorer.RetrievalScoring.Figure;
import io.plumbline.evaluation.scorer.Scorer.Match;
import io.plumbline.evaluation.scorer.Scorer.Over;
import io.plumbline.evaluation.scorer.Scorer.Position;
import io.plumbline.items.Expected;
import io.plumbline.prompttemplate.content.AnswerSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/** The scorers of a suite, prepared for any number of outputs. */
public final class SuiteScorers {

  private final List<Scorer> scorers;
  private final Map<String, Scoring> scorings = new LinkedHashMap<>();
  private final Map<String, EmbeddingScoring> embeddings = new LinkedHashMap<>();
  private final Map<String, Over> restricted = new LinkedHashMap<>();

  private SuiteScorers(List<Scorer> scorers) {
    this.scorers = List.copyOf(scorers);
    for (Scorer scorer : scorers) {
      requireVersion(scorer);
      scoring(scorer).ifPresent(scoring -> scorings.put(scorer.name(), scoring));
      embeddingScoring(scorer).ifPresent(scoring -> embeddings.put(scorer.name(), scoring));
      Optional.ofNullable(scorer.over()).ifPresent(over -> restricted.put(scorer.name(), over));
    }
  }

  /**
   * Prepares the scorers of a suite.
   *
   * @throws IllegalStateException for a scorer of another version, whose scores cannot be computed
   *     again
   */
  public static SuiteScorers of(List<Scorer> scorers) {
    return new SuiteScorers(scorers);
  }

  /**
   * Returns the name of the scorer that decides which answers count as right: the one of labels,
   * else the first that gives each answer a score.
   */
  public static Optional<String> decidingScorer(List<Scorer> scorers) {
    return scorers.stream()
        .filter(scorer -> scorer.type() == ScorerType.LABEL)
        .findFirst()
        .or(() -> scorers.stream().filter(scorer -> scorer.type().scoresAnswers()).findFirst())
        .map(Scorer::name);
  }

  /**
   * Returns the name of the scorer that the suite's selective scorer is computed from; without a
   * selective scorer, that of the {@linkplain #decidingScorer deciding} one.
   */
  public static Optional<String> selectiveBasis(List<Scorer> scorers) {
    return scorers.stream()
        .filter(scorer -> scorer.type() == ScorerType.SELECTIVE)
        .findFirst()
        .map(Scorer::basisScorer)
        .or(() -> decidingScorer(scorers));
  }

  /**
   * Returns the name of the scorer that applies to the items out of scope; empty where the suite
   * has none.
   */
  public static Optional<String> outOfScopeScorer(List<Scorer> scorers) {
    return firstOfType(scorers, ScorerType.OUT_OF_SCOPE_RECALL);
  }

  /**
   * Returns the name of the scorer that applies to the items in scope; empty where the suite has
   * none.
   */
  public static Optional<String> inScopeScorer(List<Scorer> scorers) {
    return firstOfType(scorers, ScorerType.IN_SCOPE_COVERAGE);
  }

  private static Optional<String> firstOfType(List<Scorer> scorers, ScorerType type) {
    return scorers.stream().filter(scorer -> scorer.type() == type).findFirst().map(Scorer::name);
  }

  /** Returns the variants that judge answers, by the names of their scorers. */
  public static Map<String, Digest> judges(List<Scorer> scorers) {
    Map<String, Digest> judges = new LinkedHashMap<>();
    scorers.stream()
        .filter(scorer -> scorer.type() == ScorerType.JUDGE)
        .forEach(scorer -> judges.put(scorer.name(), required(scorer.variant())));
    return judges;
  }

  /**
   * Returns the judges that apply to an item and are asked about its answer; none for an answer
   * that is too long.
   */
  public Map<String, Digest> judgesToAsk(Expected expected, ModelMessage message) {
    if (JudgePrompt.scoreIfTooLong(message).isPresent()) {
      return Map.of();
    }
    Map<String, Digest> judges = judges(scorers);
    judges.keySet().removeIf(name -> !applies(name, expected));
    return judges;
  }

  /** Returns the scorers that compare embeddings of an answer, with the texts to embed for them. */
  public Map<String, EmbeddingScoring.Texts> textsToEmbed(Expected expected, ModelAnswer answer) {
    Map<String, EmbeddingScoring.Texts> texts = new LinkedHashMap<>();
    embeddings.forEach((name, scoring) -> {
      if (scoring.applies(expected)
          && scoring.applies(answer)
          && scoring.scoreWithoutEmbeddings(expected, answer).isEmpty()) {
        texts.put(name, scoring.textsToEmbed(expected, answer));
      }
    });
    return texts;
  }

  /**
   * Returns the score that a scorer gives texts that were embedded for it.
   *
   * @param nearest for each text of the answer, the highest cosine with a text it is compared with
   */
  public Score scoreEmbedded(String scorer, EmbeddingScoring.Texts texts, double[] nearest) {
    return required(embeddings.get(scorer)).score(texts, nearest);
  }

  /**
   * Returns the scores that the scorers give an output.
   *
   * @param asked the scores of judges and encoders, by the names of the scorers that asked them; a
   *     scorer without one gives no score
   */
  public ItemScores score(Expected expected, ModelAnswer answer, Map<String, Score> asked) {
    Map<String, Score> scores = new LinkedHashMap<>();
    List<String> notApplicable = new ArrayList<>();
    for (Scorer scorer : scorers) {
      String name = scorer.name();
      if (!applies(name, expected) || !applies(name, answer)) {
        notApplicable.add(name);
      } else if (scorer.type().scoresAnswers()) {
        score(scorer, expected, answer)
            .or(() -> Optional.ofNullable(asked.get(name)))
            .ifPresent(given -> scores.put(name, given));
      }
    }
    return new ItemScores(scores, notApplicable);
  }

  /**
   * Returns the scores of an item without an answer, which counts as the worst where a scorer
   * applies.
   */
  public ItemScores scoresOfUnanswered(Expected expected) {
    return new ItemScores(
        Map.of(),
        scorers.stream().map(Scorer::name).filter(name -> !applies(name, expected)).toList());
  }

  private Optional<Score> score(Scorer scorer, Expected expected, ModelAnswer answer) {
    Scoring scoring = scorings.get(scorer.name());
    EmbeddingScoring embedding = embeddings.get(scorer.name());
    if (scoring != null) {
      return Optional.of(scoring.score(expected, answer));
    }
    if (embedding != null) {
      return embedding.scoreWithoutEmbeddings(expected, answer);
    }
    return JudgePrompt.scoreIfTooLong(answer.message());
  }

  private boolean applies(String scorer, ModelAnswer answer) {
    EmbeddingScoring embedding = embeddings.get(scorer);
    return embedding == null || embedding.applies(answer);
  }

  /** Returns whether a scorer applies to an item. */
  public boolean applies(String scorer, Expected expected) {
    Scoring scoring = scorings.get(scorer);
    EmbeddingScoring embedding = embeddings.get(scorer);
    Over over = restricted.get(scorer);
    return (over == null || over.includes(expected))
        && (scoring == null || scoring.applies(expected))
        && (embedding == null || embedding.applies(expected));
  }

  /**
   * Returns in words what the items have that a scorer applies to; empty where it applies to all
   * items.
   */
  public String scopeInWords(String scorer) {
    Over over = restricted.get(scorer);
    if (over != null) {
      return over.scopeInWords();
    }
    Scoring scoring = scorings.get(scorer);
    EmbeddingScoring embedding = embeddings.get(scorer);
    if (scoring != null) {
      return scoring.scopeInWords();
    }
    return embedding == null ? "" : embedding.scopeInWords();
  }

  /** Returns what a scorer needs and an item lacks; empty where the item lacks nothing. */
  public Optional<String> missingPart(String scorer, Expected expected) {
    return Optional.ofNullable(scorings.get(scorer))
        .flatMap(scoring -> scoring.missingPart(expected));
  }

  /**
   * Returns whether each item must have what a scorer needs; otherwise one item of the suite is
   * enough.
   */
  public boolean requiresEveryItem(String scorer) {
    Scoring scoring = scorings.get(scorer);
    return scoring == null || scoring.requiresEveryItem();
  }

  private static void requireVersion(Scorer scorer) {
    if (scorer.version() != scorer.type().version()) {
      throw new IllegalStateException(
          "Scorer %s has version %d of the type %s, but this release has version %d"
              .formatted(
                  scorer.name(),
                  scorer.version(),
                  scorer.type().wireName(),
                  scorer.type().version()));
    }
  }

  private static Optional<EmbeddingScoring> embeddingScoring(Scorer scorer) {
    if (scorer.type() == ScorerType.GROUNDEDNESS) {
      return Optional.of(new EmbeddingScoring.Groundedness(required(scorer.threshold())));
    }
    if (scorer.type() == ScorerType.EMBEDDING_SIMILARITY) {
      return Optional.of(new EmbeddingScoring.Similarity());
    }
    return Optional.empty();
  }

  /**
   * Returns the prepared scorer; empty for one that asks a model, and for one that gives answers no
   * score of their own.
   */
  private static Optional<Scoring> scoring(Scorer scorer) {
    return Optional.ofNullable(
        switch (scorer.type()) {
          case LABEL -> new LabelScoring();
          case EXACT -> new ExactScoring();
          case NORMALISED -> new NormalisedScoring();
          case CONTAINS -> new ContainsScoring(scorer.values(), scorer.match() != Match.ANY);
          case REGEX -> RegexScoring.of(required(scorer.pattern()));
          case NUMERIC ->
              new NumericScoring(
                  Objects.requireNonNullElse(scorer.number(), Position.LAST),
                  decimal(scorer.absolute()),
                  decimal(scorer.relative()));
          case JSON_SCHEMA ->
              new JsonSchemaScoring(AnswerSchema.compile(required(scorer.schema())));
          case FIELDS ->
              new FieldsScoring(
                  required(scorer.pointers()).stream().map(JsonPointer::compile).toList());
          case TOOL_CALLS -> new ToolCallsScoring(!Boolean.FALSE.equals(scorer.arguments()));
          case TOKEN_F1 -> new SquadScoring(false);
          case SQUAD_EXACT -> new SquadScoring(true);
          case RECALL_AT_K -> retrieval(Figure.RECALL, scorer);
          case RECIPROCAL_RANK -> retrieval(Figure.RECIPROCAL_RANK, scorer);
          case NDCG_AT_K -> retrieval(Figure.NDCG, scorer);
          case CITATION_PRECISION -> new CitationScoring(true);
          case CITATION_RECALL -> new CitationScoring(false);
          case OUT_OF_SCOPE_RECALL -> new ScopeScoring(false, labels(scorer));
          case IN_SCOPE_COVERAGE -> new ScopeScoring(true, labels(scorer));
          case JUDGE, GROUNDEDNESS, EMBEDDING_SIMILARITY -> null;
          case COVERAGE, SELECTIVE, BRIER, CALIBRATION_ERROR -> null;
        });
  }

  /** Returns a scorer of retrieval, which looks at all retrieved passages if no k is given. */
  private static Scoring retrieval(Figure figure, Scorer scorer) {
    return new RetrievalScoring(
        figure, Objects.requireNonNullElse(scorer.k(), ModelAnswer.MAX_PASSAGES));
  }

  private static Set<String> labels(Scorer scorer) {
    return Set.copyOf(Objects.requireNonNullElse(scorer.values(), List.of()));
  }

  /** Returns a field that every published suite has for a scorer of this type. */
  private static <T> T required(@Nullable T configured) {
    return Objects.requireNonNull(configured);
  }

  private static BigDecimal decimal(@Nullable Double tolerance) {
    if (tolerance == null) {
      return BigDecimal.ZERO;
    }
    return BigDecimal.valueOf(tolerance);
  }
}
