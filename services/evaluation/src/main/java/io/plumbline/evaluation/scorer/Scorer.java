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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A scorer of a suite, as its definition and so its digest contain it. What its type does not use
 * is absent; {@link ScorerRules} say which fields each type uses.
 *
 * @param name of its metric, and of its scores
 * @param version of the code that scores
 * @param values of {@code contains}; of {@code out_of_scope_recall} and {@code in_scope_coverage}
 *     labels
 * @param match of {@code contains}
 * @param pattern of {@code regex}
 * @param number of {@code numeric}
 * @param absolute tolerance of {@code numeric}
 * @param relative tolerance of {@code numeric}, as a share of the reference
 * @param schema of {@code json_schema}
 * @param pointers of {@code fields}
 * @param arguments of {@code tool_calls}: whether they are compared, and not the names alone
 * @param variant of {@code judge}: the one that is asked
 * @param k of scorers of retrieval: how many passages count, the best first
 * @param threshold of {@code groundedness}: the cosine from which on a sentence is borne out
 * @param of another scorer of the suite, whose scores it is about
 * @param over the items to which it applies, where these are not all
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

  /** How many of the values an answer has to contain. */
  public enum Match {
    ALL,
    ANY
  }

  /** Which number of an answer counts. */
  public enum Position {
    FIRST,
    LAST
  }

  /** The items that a scorer can be restricted to. */
  public enum Over {

    /** All items except those whose answers are an empty list, where giving no answer is right. */
    ANSWERABLE;

    boolean has(Expected expected) {
      return switch (this) {
        case ANSWERABLE -> !expected.unanswerable();
      };
    }

    /** Returns what these items have, for error texts. */
    String scope() {
      return switch (this) {
        case ANSWERABLE -> ScopeScoring.ANSWERABLE;
      };
    }

    /**
     * Returns the default name of such a scorer, which differs from that of a scorer over all
     * items.
     */
    public String nameOf(ScorerType type) {
      return type.defaultName() + "_" + name().toLowerCase(Locale.ROOT);
    }
  }

  /** A scorer that needs no configuration. */
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

  /** One that asks a variant. */
  public static Scorer judge(String name, Digest variant) {
    return of(ScorerType.JUDGE, name).with(variant, null, null, null);
  }

  /** One that is about the scores of another. */
  public static Scorer about(ScorerType type, String of) {
    return of(type).with(null, null, null, of);
  }

  /** One of the passages that were retrieved. */
  public static Scorer ofRetrieval(ScorerType type, int k) {
    return of(type).with(null, k, null, null);
  }

  private Scorer with(
      @Nullable Digest judge,
      @Nullable Integer passages,
      @Nullable Double least,
      @Nullable String other) {
    return new Scorer(
        type, name, version, values, match, pattern, number, absolute, relative, schema, pointers,
        arguments, judge, passages, least, other, over);
  }

  /** Returns the same scorer over some of the items, with the name that says so. */
  public Scorer over(Over items) {
    return new Scorer(
        type,
        items.nameOf(type),
        version,
        values,
        match,
        pattern,
        number,
        absolute,
        relative,
        schema,
        pointers,
        arguments,
        variant,
        k,
        threshold,
        of,
        items);
  }

  /** What it measures over the items of a run. */
  public List<Metric> metrics() {
    return type.metrics(this);
  }

  /** The scorer whose scores it is about; itself for all others. */
  public String about() {
    return of == null ? name : of;
  }

  /**
   * By which suites are measured alike: with the one that it is about, which is configured too.
   *
   * @param suite the scorers of its suite
   */
  public SuiteScorer toEvent(List<Scorer> suite) {
    List<Scorer> alike =
        suite.stream().filter(scorer -> of != null && scorer.name().equals(of)).toList();
    Digest digest =
        alike.isEmpty()
            ? CanonicalJson.digest(this)
            : CanonicalJson.digest(List.of(this, alike.getFirst()));
    return new SuiteScorer(name, type.wireName(), digest);
  }
}
