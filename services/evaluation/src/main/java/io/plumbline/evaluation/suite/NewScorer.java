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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A scorer of a suite to publish; each type uses some of the fields.
 *
 * @param name that of the type when absent
 * @param values of {@code contains}, for every item; each item's references when absent. Of {@code
 *     out_of_scope_recall} and {@code in_scope_coverage} the labels of inputs that are out of scope
 * @param match of {@code contains}; ALL when absent
 * @param pattern of {@code regex}, in the syntax of RE2
 * @param number of {@code numeric}: which one of the answer; LAST when absent
 * @param absolute tolerance of {@code numeric}; 0 when absent
 * @param relative tolerance of {@code numeric}, as a share of the reference; 0 when absent
 * @param schema of {@code json_schema}
 * @param pointers of {@code fields}: JSON pointers to what is compared
 * @param arguments of {@code tool_calls}: whether they are compared, and not the names alone; true
 *     when absent
 * @param variant of {@code judge}: the digest of the one that is asked
 * @param k of scorers of retrieval: how many passages count, the best first
 * @param threshold of {@code groundedness}: the cosine from which on a sentence is borne out
 * @param of of {@code selective}, {@code brier} and {@code calibration_error}: the name of the
 *     scorer that says which answers are right
 * @param over of {@code token_f1}, {@code squad_exact} and {@code judge}: ANSWERABLE restricts them
 *     to the items that their documents answer; all items when absent
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

  /** With what is absent as it is scored, so that equal scorers are equal in every definition. */
  Scorer toScorer() {
    return new Scorer(
        type,
        name == null ? defaultName() : name,
        type.version(),
        values,
        or(match, ScorerType.CONTAINS, Match.ALL),
        pattern,
        or(number, ScorerType.NUMERIC, Position.LAST),
        or(absolute, ScorerType.NUMERIC, 0.0),
        or(relative, ScorerType.NUMERIC, 0.0),
        schema,
        pointers,
        or(arguments, ScorerType.TOOL_CALLS, true),
        variant,
        k,
        threshold,
        of,
        over);
  }

  private String defaultName() {
    return over == null ? type.defaultName() : over.nameOf(type);
  }

  private <T> @Nullable T or(@Nullable T given, ScorerType user, T absent) {
    return given == null && type == user ? absent : given;
  }
}
