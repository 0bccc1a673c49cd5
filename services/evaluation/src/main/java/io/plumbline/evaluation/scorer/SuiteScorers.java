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
import tools.jackson.databind.json.JsonMapper;

/** The scorers of a suite, prepared for any number of outputs. */
public final class SuiteScorers {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final List<Scorer> scorers;
  private final Map<String, Scoring> scorings = new LinkedHashMap<>();
  private final Map<String, EmbeddingScoring> embeddings = new LinkedHashMap<>();
  private final Map<String, Over> restricted = new LinkedHashMap<>();

  private SuiteScorers(List<Scorer> scorers) {
    this.scorers = List.copyOf(scorers);
    for (Scorer scorer : scorers) {
      requireVersion(scorer);
      scoring(scorer).ifPresent(scoring -> scorings.put(scorer.name(), scoring));
      embedding(scorer).ifPresent(scoring -> embeddings.put(scorer.name(), scoring));
      Optional.ofNullable(scorer.over()).ifPresent(over -> restricted.put(scorer.name(), over));
    }
  }

  /**
   * @throws IllegalStateException for a scorer of another version: what it gave cannot be computed
   *     again
   */
  public static SuiteScorers of(List<Scorer> scorers) {
    return new SuiteScorers(scorers);
  }

  /**
   * The name of the scorer by which an answer counts as right: that of labels, else the first that
   * gives each answer a score.
   */
  public static Optional<String> deciding(List<Scorer> scorers) {
    return scorers.stream()
        .filter(scorer -> scorer.type() == ScorerType.LABEL)
        .findFirst()
        .or(() -> scorers.stream().filter(scorer -> scorer.type().scoresAnswers()).findFirst())
        .map(Scorer::name);
  }

  /** The scorer that the suite's scorer of selected answers is about, else the deciding one. */
  public static Optional<String> selected(List<Scorer> scorers) {
    return scorers.stream()
        .filter(scorer -> scorer.type() == ScorerType.SELECTIVE)
        .findFirst()
        .map(Scorer::about)
        .or(() -> deciding(scorers));
  }

  /** The scorer that applies to the items out of scope. */
  public static Optional<String> outOfScope(List<Scorer> scorers) {
    return first(scorers, ScorerType.OUT_OF_SCOPE_RECALL);
  }

  /** The scorer that applies to the items in scope. */
  public static Optional<String> inScope(List<Scorer> scorers) {
    return first(scorers, ScorerType.IN_SCOPE_COVERAGE);
  }

  private static Optional<String> first(List<Scorer> scorers, ScorerType type) {
    return scorers.stream().filter(scorer -> scorer.type() == type).findFirst().map(Scorer::name);
  }

  /** The variants that judge answers, by the names of their scorers. */
  public static Map<String, Digest> judges(List<Scorer> scorers) {
    Map<String, Digest> judges = new LinkedHashMap<>();
    scorers.stream()
        .filter(scorer -> scorer.type() == ScorerType.JUDGE)
        .forEach(scorer -> judges.put(scorer.name(), given(scorer.variant())));
    return judges;
  }

  /**
   * Returns the judges that apply to an item and are asked about its answer; none for an answer
   * that is too long.
   */
  public Map<String, Digest> judgesOf(Expected expected, ModelMessage message) {
    if (JudgeFrame.unread(message).isPresent()) {
      return Map.of();
    }
    Map<String, Digest> judges = judges(scorers);
    judges.keySet().removeIf(name -> !applies(name, expected));
    return judges;
  }

  /** Those that compare embeddings of an answer, and what is to be embedded for them. */
  public Map<String, EmbeddingScoring.Texts> embeddingsOf(Expected expected, ModelAnswer answer) {
    Map<String, EmbeddingScoring.Texts> texts = new LinkedHashMap<>();
    embeddings.forEach((name, scoring) -> {
      if (scoring.applies(expected)
          && scoring.applies(answer)
          && scoring.unread(expected, answer).isEmpty()) {
        texts.put(name, scoring.texts(expected, answer));
      }
    });
    return texts;
  }

  /**
   * What a scorer gives texts that were embedded for it.
   *
   * @param nearest of each text of the answer the highest cosine with what it is compared with
   */
  public Score embedded(String scorer, EmbeddingScoring.Texts texts, double[] nearest) {
    return given(embeddings.get(scorer)).score(texts, nearest);
  }

  /**
   * What the scorers give an output.
   *
   * @param asked what models gave it that scorers ask, judges and encoders; where one gave it
   *     nothing there is no score
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

  /** Of an item without an answer, which counts as the worst where a scorer applies. */
  public ItemScores failed(Expected expected) {
    return new ItemScores(
        Map.of(),
        scorers.stream().map(Scorer::name).filter(name -> !applies(name, expected)).toList());
  }

  private Optional<Score> score(Scorer scorer, Expected expected, ModelAnswer answer) {
    Scoring scoring = scorings.get(scorer.name());
    EmbeddingScoring embedding = embeddings.get(scorer.name());
    return scoring != null
        ? Optional.of(scoring.score(expected, answer))
        : embedding != null
            ? embedding.unread(expected, answer)
            : JudgeFrame.unread(answer.message());
  }

  private boolean applies(String scorer, ModelAnswer answer) {
    EmbeddingScoring embedding = embeddings.get(scorer);
    return embedding == null || embedding.applies(answer);
  }

  /** Whether a scorer applies to an item; one about another's scores where that does. */
  public boolean applies(String scorer, Expected expected) {
    Scoring scoring = scorings.get(scorer);
    EmbeddingScoring embedding = embeddings.get(scorer);
    Over over = restricted.get(scorer);
    return (over == null || over.has(expected))
        && (scoring == null || scoring.applies(expected))
        && (embedding == null || embedding.applies(expected));
  }

  /** What the items have to which a scorer applies; empty where it applies to all. */
  public String scope(String scorer) {
    Over over = restricted.get(scorer);
    if (over != null) {
      return over.scope();
    }
    Scoring scoring = scorings.get(scorer);
    EmbeddingScoring embedding = embeddings.get(scorer);
    return scoring != null ? scoring.scope() : embedding != null ? embedding.scope() : "";
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

  private static Optional<EmbeddingScoring> embedding(Scorer scorer) {
    if (scorer.type() == ScorerType.GROUNDEDNESS) {
      return Optional.of(new EmbeddingScoring.Groundedness(given(scorer.threshold())));
    }
    return scorer.type() == ScorerType.EMBEDDING_SIMILARITY
        ? Optional.of(new EmbeddingScoring.Similarity())
        : Optional.empty();
  }

  /** Empty where a model is asked, and for what gives an answer no score of its own. */
  private static Optional<Scoring> scoring(Scorer scorer) {
    return Optional.ofNullable(
        switch (scorer.type()) {
          case LABEL -> new LabelScoring(JSON);
          case EXACT -> new ExactScoring(JSON);
          case NORMALISED -> new NormalisedScoring();
          case CONTAINS -> new ContainsScoring(scorer.values(), scorer.match() != Match.ANY);
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

  /** The rank of the first one is looked for among all that were retrieved, unless it is said. */
  private static Scoring retrieval(Figure figure, Scorer scorer) {
    return new RetrievalScoring(figure, scorer.k() == null ? ModelAnswer.MAX_PASSAGES : scorer.k());
  }

  private static Set<String> labels(Scorer scorer) {
    return scorer.values() == null ? Set.of() : Set.copyOf(scorer.values());
  }

  /** What a suite was published with. */
  private static <T> T given(@Nullable T configured) {
    return Objects.requireNonNull(configured);
  }

  private static BigDecimal decimal(@Nullable Double tolerance) {
    return tolerance == null ? BigDecimal.ZERO : BigDecimal.valueOf(tolerance);
  }
}
