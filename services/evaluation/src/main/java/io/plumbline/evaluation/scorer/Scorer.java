package io.plumbline.evaluation.scorer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuiteScorer;
import io.plumbline.evaluation.metric.Metric;
import io.plumbline.items.Expected;
import io.plumbline.platform.digest.CanonicalJson;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A scorer of a suite, as its definition and therefore its digest contain it. Fields that its type
 * does not use are absent; {@link ScorerRules} defines which fields each type uses.
 *
 * @param name the name of the scorer, which its metric and its scores have too
 * @param version the version of the code that scores
 * @param values the values of {@code contains}; for {@code out_of_scope_recall} and {@code
 *     in_scope_coverage} the labels of items out of scope
 * @param match how many values {@code contains} requires
 * @param pattern the pattern of {@code regex}
 * @param number which number of an answer {@code numeric} compares
 * @param absolute the absolute tolerance of {@code numeric}
 * @param relative the tolerance of {@code numeric} as a share of the reference
 * @param schema the schema of {@code json_schema}
 * @param pointers the pointers to the fields that {@code fields} compares
 * @param arguments whether {@code tool_calls} compares arguments, and not the names alone
 * @param variant the variant that {@code judge} asks
 * @param k how many passages count for scorers of retrieval, the best first
 * @param threshold the cosine from which on {@code groundedness} takes a sentence as supported
 * @param of the name of another scorer of the suite, from whose scores this one is computed
 * @param over the items to which the scorer applies, where these are not all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
  "type",
  "name",
  "version",
  "values",
  "match",
  "pattern",
  "number",
  "absolute",
  "relative",
  "schema",
  "pointers",
  "arguments",
  "variant",
  "k",
  "threshold",
  "of",
  "over"
})
public record Scorer(
    ScorerType type,
    String name,
    int version,
    @Nullable List<String> values,
    @Nullable Match match,
    @Nullable String pattern,
    @Nullable Position number,
    @Nullable Double absolute,
    @Nullable Double relative,
    @Nullable ObjectNode schema,
    @Nullable List<String> pointers,
    @Nullable Boolean arguments,
    @Nullable Digest variant,
    @Nullable Integer k,
    @Nullable Double threshold,
    @Nullable String of,
    @Nullable Over over) {

  /** The number of values that an answer has to contain. */
  public enum Match {
    ALL,
    ANY
  }

  /** The position of the number that counts in an answer. */
  public enum Position {
    FIRST,
    LAST
  }

  /** The items that a scorer can be restricted to. */
  public enum Over {

    /** All items except those whose answers are an empty list, where giving no answer is right. */
    ANSWERABLE;

    boolean includes(Expected expected) {
      return switch (this) {
        case ANSWERABLE -> !expected.isUnanswerable();
      };
    }

    /** Returns the description of these items for error texts. */
    String scopeInWords() {
      return switch (this) {
        case ANSWERABLE -> ScopeScoring.ANSWERABLE;
      };
    }

    /**
     * Returns the default name of such a scorer, which differs from that of a scorer over all
     * items.
     */
    public String defaultNameOf(ScorerType type) {
      return type.defaultName() + "_" + name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns a scorer that needs no configuration. */
  public static Scorer of(ScorerType type) {
    return of(type, type.defaultName());
  }

  public static Scorer of(ScorerType type, String name) {
    return new Scorer(
        type,
        name,
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
        null,
        null,
        null);
  }

  /** Returns the metrics that the scorer measures over the items of a run. */
  public List<Metric> metrics() {
    return type.metricsOf(this);
  }

  /**
   * Returns the name of the scorer whose scores this one is computed from, or its own name where it
   * scores answers itself.
   */
  public String basisScorer() {
    return Objects.requireNonNullElse(of, name);
  }

  /**
   * Returns the scorer as events describe it. Scorers with equal digests score alike, so the digest
   * also covers the scorer that this one is computed from.
   *
   * @param suite the scorers of its suite
   */
  public SuiteScorer toEvent(List<Scorer> suite) {
    Digest digest =
        suite.stream()
            .filter(scorer -> of != null && scorer.name().equals(of))
            .findFirst()
            .map(other -> CanonicalJson.digest(List.of(this, other)))
            .orElseGet(() -> CanonicalJson.digest(this));
    return new SuiteScorer(name, type.wireName(), digest);
  }
}
