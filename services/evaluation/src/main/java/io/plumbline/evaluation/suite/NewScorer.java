package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.Scorer.Match;
import io.plumbline.evaluation.scorer.Scorer.Over;
import io.plumbline.evaluation.scorer.Scorer.Position;
import io.plumbline.evaluation.scorer.ScorerType;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A scorer of a suite to publish. Each type uses some of the fields.
 *
 * @param name the name; that of the type when absent
 * @param values the values that {@code contains} looks for in every answer, each item's references
 *     when absent; for {@code out_of_scope_recall} and {@code in_scope_coverage} the labels of
 *     inputs that are out of scope
 * @param match how many values {@code contains} requires; ALL when absent
 * @param pattern the pattern of {@code regex}, in the syntax of RE2
 * @param number which number of an answer {@code numeric} compares; LAST when absent
 * @param absolute the absolute tolerance of {@code numeric}; 0 when absent
 * @param relative the tolerance of {@code numeric} as a share of the reference; 0 when absent
 * @param schema the schema of {@code json_schema}
 * @param pointers the JSON pointers to the fields that {@code fields} compares
 * @param arguments whether {@code tool_calls} compares arguments, and not the names alone; true
 *     when absent
 * @param variant the digest of the variant that {@code judge} asks
 * @param k how many passages count for scorers of retrieval, the best first
 * @param threshold the cosine from which on {@code groundedness} takes a sentence as supported
 * @param of the name of the scorer that says which answers are right, for {@code selective}, {@code
 *     brier} and {@code calibration_error}
 * @param over the items that {@code token_f1}, {@code squad_exact} and {@code judge} apply to:
 *     ANSWERABLE for the items that their documents answer; all items when absent
 */
record NewScorer(
    @NotNull ScorerType type,
    @Nullable
        @Pattern(
            regexp = "[a-z][a-z0-9_]{0,39}",
            message =
                "must be 1 to 40 lower-case letters, digits and underscores, beginning with a"
                    + " letter")
        String name,
    @Nullable @Size(min = 1, max = 20) List<@NotNull @Size(min = 1, max = 200) String> values,
    @Nullable Match match,
    @Nullable @Size(min = 1, max = 300) String pattern,
    @Nullable Position number,
    @Nullable @Min(0) @Max(1_000_000_000_000L) Double absolute,
    @Nullable @Min(0) @Max(1) Double relative,
    @Nullable ObjectNode schema,
    @Nullable @Size(min = 1, max = 50) List<@NotNull @Size(min = 1, max = 200) String> pointers,
    @Nullable Boolean arguments,
    @Nullable Digest variant,
    @Nullable @Min(1) @Max(100) Integer k,
    @Nullable @DecimalMin("0") @DecimalMax("1") Double threshold,
    @Nullable @Size(min = 1, max = 40) String of,
    @Nullable Over over) {

  /**
   * Returns the scorer with its defaults filled in, so that equal scorers are equal in every
   * definition.
   */
  Scorer toScorer() {
    return new Scorer(
        type,
        Objects.requireNonNullElseGet(name, this::defaultName),
        type.version(),
        values,
        orDefaultFor(match, ScorerType.CONTAINS, Match.ALL),
        pattern,
        orDefaultFor(number, ScorerType.NUMERIC, Position.LAST),
        orDefaultFor(absolute, ScorerType.NUMERIC, 0.0),
        orDefaultFor(relative, ScorerType.NUMERIC, 0.0),
        schema,
        pointers,
        orDefaultFor(arguments, ScorerType.TOOL_CALLS, true),
        variant,
        k,
        threshold,
        of,
        over);
  }

  private String defaultName() {
    if (over == null) {
      return type.defaultName();
    }
    return over.defaultNameOf(type);
  }

  private <T> @Nullable T orDefaultFor(@Nullable T given, ScorerType user, T absent) {
    return given == null && type == user ? absent : given;
  }
}
