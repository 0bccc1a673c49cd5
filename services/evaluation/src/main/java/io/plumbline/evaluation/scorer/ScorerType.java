package io.plumbline.evaluation.scorer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.plumbline.evaluation.metric.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The types of scorers. */
public enum ScorerType {
  LABEL,
  EXACT,
  NORMALISED,
  CONTAINS,
  REGEX,
  NUMERIC,
  JSON_SCHEMA,
  FIELDS,
  TOOL_CALLS,

  /** A scorer that asks a variant to score the answer. */
  JUDGE,

  TOKEN_F1,
  SQUAD_EXACT,
  RECALL_AT_K,
  RECIPROCAL_RANK,
  NDCG_AT_K,
  CITATION_PRECISION,
  CITATION_RECALL,
  GROUNDEDNESS,
  EMBEDDING_SIMILARITY,
  OUT_OF_SCOPE_RECALL,
  IN_SCOPE_COVERAGE,
  COVERAGE,
  SELECTIVE,
  BRIER,
  CALIBRATION_ERROR;

  /** Returns the name of a scorer that is given none. */
  public String defaultName() {
    if (this == EXACT) {
      return "exact_match";
    }
    return wireName();
  }

  /**
   * Returns the version of the code that scores. It rises with each change that gives any output
   * another score.
   */
  public int version() {
    return switch (this) {
      case RECALL_AT_K,
          RECIPROCAL_RANK,
          NDCG_AT_K,
          CITATION_PRECISION,
          CITATION_RECALL,
          GROUNDEDNESS ->
          2;
      default -> 1;
    };
  }

  /**
   * Returns whether a scorer of this type gives each answer a score of its own. The other types are
   * measured over a run from figures that its answers have anyway: abstention, confidence, another
   * scorer's scores.
   */
  public boolean scoresAnswers() {
    return switch (this) {
      case COVERAGE, SELECTIVE, BRIER, CALIBRATION_ERROR -> false;
      default -> true;
    };
  }

  /** Returns the metrics that a scorer of this type measures over the items of a run. */
  List<Metric> metricsOf(Scorer configured) {
    String scorer = configured.name();
    String of = configured.basisScorer();
    return switch (this) {
      case LABEL -> List.of(Metric.accuracy(scorer), Metric.MACRO_F1);
      case EXACT,
          NORMALISED,
          CONTAINS,
          REGEX,
          NUMERIC,
          JSON_SCHEMA,
          TOOL_CALLS,
          SQUAD_EXACT,
          OUT_OF_SCOPE_RECALL,
          IN_SCOPE_COVERAGE ->
          List.of(Metric.share(scorer));
      case FIELDS,
          TOKEN_F1,
          RECALL_AT_K,
          RECIPROCAL_RANK,
          NDCG_AT_K,
          CITATION_PRECISION,
          CITATION_RECALL ->
          List.of(Metric.mean(scorer));
      case GROUNDEDNESS -> List.of(Metric.groundedness(scorer));
      case JUDGE, EMBEDDING_SIMILARITY -> List.of(Metric.judgedQuality(scorer));
      case COVERAGE -> List.of(Metric.coverage(scorer));
      case SELECTIVE -> List.of(Metric.selectiveQuality(scorer, of));
      case BRIER -> List.of(Metric.brier(scorer, of));
      case CALIBRATION_ERROR -> List.of(Metric.calibrationError(scorer, of));
    };
  }

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the type of a name.
   *
   * @throws IllegalArgumentException with the names of all types, for an unknown name
   */
  @JsonCreator
  public static ScorerType named(String name) {
    return Arrays.stream(values())
        .filter(type -> type.wireName().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'%s' is not a type of scorer; use one of %s"
                    .formatted(name, Arrays.stream(values()).map(ScorerType::wireName).toList())));
  }
}
