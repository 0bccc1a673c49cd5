package io.plumbline.evaluation.scorer;

import static io.plumbline.evaluation.scorer.Scores.contains;
import static io.plumbline.evaluation.scorer.Scores.fields;
import static io.plumbline.evaluation.scorer.Scores.regex;
import static io.plumbline.evaluation.scorer.Scores.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.evaluation.metric.Metric;
import io.plumbline.evaluation.scorer.Scorer.Match;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.problem.Problem.FieldError;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScorerRulesTests {

  private static List<FieldError> refused(Scorer... scorers) {
    return Objects.requireNonNull(
            catchThrowableOfType(
                Problem.class, () -> ScorerRules.requireValid(Arrays.asList(scorers))))
        .errors();
  }

  private static Scorer named(ScorerType type, String name) {
    return Scorer.of(type, name);
  }

  @Test
  void scorers_of_one_type_have_names_of_their_own() {
    assertThat(refused(Scorer.of(ScorerType.NUMERIC), Scorer.of(ScorerType.NUMERIC)))
        .containsExactly(
            new FieldError(
                "/scorers/1/name",
                "is numeric, which another scorer has too; give each scorer its own name"));
    assertThatCode(() ->
            ScorerRules.requireValid(
                List.of(
                    Scorer.of(ScorerType.NUMERIC), named(ScorerType.NUMERIC, "total_within_1"))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"accuracy", "macro_f1", "consistency", "latency_p95_ms", "cost_per_1000_usd"})
  void no_scorer_takes_the_name_of_another_metric(String name) {
    assertThat(refused(named(ScorerType.EXACT, name)))
        .containsExactly(
            new FieldError(
                "/scorers/0/name",
                "is the name of a metric that every suite may have; choose another name"));
  }

  @Test
  void no_scorer_takes_the_name_of_another_type() {
    assertThat(refused(named(ScorerType.NORMALISED, "exact_match")))
        .containsExactly(
            new FieldError(
                "/scorers/0/name", "is the name of the scorer type exact; choose another name"));
  }

  @Test
  void labels_are_scored_once() {
    assertThat(refused(Scorer.of(ScorerType.LABEL), named(ScorerType.LABEL, "again")))
        .containsExactly(
            new FieldError(
                "/scorers/1/type", "is given a second time; a suite has one scorer of its labels"));
  }

  @Test
  void what_a_type_needs_is_required_and_what_it_does_not_use_is_refused() {
    assertThat(refused(Scorer.of(ScorerType.REGEX)))
        .containsExactly(new FieldError("/scorers/0/pattern", "is required by the type regex"));
    Scorer both = Scores.configured(ScorerType.EXACT, Map.of("values", List.of("a")));
    assertThat(refused(both))
        .containsExactly(
            new FieldError("/scorers/0/values", "is not used by the type exact; omit it"));
  }

  @Test
  void a_scorer_of_answers_may_be_over_answerable_items_and_no_other_one() {
    Scorer answerable = Scores.answerable(Scorer.of(ScorerType.TOKEN_F1));
    assertThat(answerable.name()).isEqualTo("token_f1_answerable");
    assertThatCode(
            () -> ScorerRules.requireValid(List.of(Scorer.of(ScorerType.TOKEN_F1), answerable)))
        .doesNotThrowAnyException();
    assertThat(refused(Scores.answerable(Scorer.of(ScorerType.COVERAGE))))
        .containsExactly(
            new FieldError("/scorers/0/over", "is not used by the type coverage; omit it"));
  }

  @Test
  void a_pattern_is_one_of_re2_and_of_bounded_size() {
    assertThat(refused(regex("(?<=a)b")).getFirst().detail())
        .startsWith("is not a regular expression of RE2: ");
    assertThat(refused(regex("((a{30}){30}){30}")).getFirst().detail())
        .contains("multiply to more than 1,000");
    assertThat(refused(regex("((((a{1000}){1000}){1000}){1000}){1000}")).getFirst().detail())
        .contains("multiply to more than 1,000");
    assertThat(refused(regex("[a-z0-9]".repeat(30) + "(abcdefgh){900}")).getFirst().detail())
        .isEqualTo("is too large; write a simpler one");
    assertThatCode(
            () -> ScorerRules.requireValid(List.of(regex("(?i)^\\s*\\d{4}-\\d{2}-\\d{2}\\b"))))
        .doesNotThrowAnyException();
  }

  @Test
  void a_schema_and_pointers_are_checked() {
    assertThat(refused(schema("{\"type\": \"any\"}")).getFirst().pointer())
        .startsWith("/scorers/0/schema");
    assertThat(refused(schema("{\"properties\": {\"a\": {\"pattern\": \"(a*)*\"}}}")))
        .extracting(FieldError::pointer)
        .containsExactly("/scorers/0/schema/properties/a/pattern");
    assertThat(refused(schema("{\"description\": \"%s\"}".formatted("x".repeat(20_000)))))
        .containsExactly(new FieldError("/scorers/0/schema", "has more than 20,000 characters"));
    assertThat(refused(fields("total")).getFirst())
        .isEqualTo(
            new FieldError(
                "/scorers/0/pointers/0",
                "is not a JSON pointer; begin it with a slash, such as /order/total"));
    assertThat(refused(fields("/a", "/a")).getFirst().pointer()).isEqualTo("/scorers/0/pointers");
  }

  @ParameterizedTest
  @EnumSource
  void every_type_has_a_name_that_it_may_have_and_is_found_by_it(ScorerType type) {
    assertThat(ScorerType.named(type.wireName())).isEqualTo(type);
    assertThat(type.defaultName()).matches("[a-z][a-z0-9_]{0,39}");
    assertThat(Metric.BUILT_IN).doesNotContain(type.defaultName());
  }

  @Test
  void an_unknown_type_is_refused_with_those_there_are() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScorerType.named("vibes"))
        .withMessageStartingWith("'vibes' is not a type of scorer; use one of [label, exact,");
  }

  @Test
  void a_scorer_of_another_version_scores_nothing() {
    Scorer later = Scores.configured(ScorerType.EXACT, Map.of("name", "x", "version", 2));
    assertThatIllegalStateException()
        .isThrownBy(() -> SuiteScorers.of(List.of(later)))
        .withMessage("Scorer x has version 2 of the type exact, but this release has version 1");
  }

  @Test
  void a_scorer_about_another_names_one_of_the_suite_that_scores_answers() {
    assertThat(refused(Scorer.of(ScorerType.BRIER), Scorer.of(ScorerType.TOKEN_F1)))
        .containsExactly(new FieldError("/scorers/0/of", "is required by the type brier"));
    assertThat(
            refused(
                Scores.about(ScorerType.SELECTIVE, "coverage"),
                Scorer.of(ScorerType.COVERAGE),
                Scorer.of(ScorerType.TOKEN_F1)))
        .containsExactly(
            new FieldError(
                "/scorers/0/of",
                "is not a scorer of the suite that gives each answer a score; name one of"
                    + " [token_f1]"));
    assertThatCode(() ->
            ScorerRules.requireValid(
                List.of(
                    Scores.about(ScorerType.SELECTIVE, "token_f1"),
                    Scorer.of(ScorerType.TOKEN_F1))))
        .doesNotThrowAnyException();
  }

  @Test
  void a_scorer_of_retrieval_says_how_many_passages_count() {
    assertThat(refused(Scorer.of(ScorerType.RECALL_AT_K)))
        .containsExactly(new FieldError("/scorers/0/k", "is required by the type recall_at_k"));
    assertThat(refused(Scores.ofRetrieval(ScorerType.TOKEN_F1, 3)))
        .containsExactly(
            new FieldError("/scorers/0/k", "is not used by the type token_f1; omit it"));
    assertThatCode(() -> ScorerRules.requireValid(List.of(Scorer.of(ScorerType.RECIPROCAL_RANK))))
        .doesNotThrowAnyException();
  }

  @Test
  void a_scorer_about_another_is_another_when_that_is_configured_otherwise() {
    Scorer about = Scores.about(ScorerType.SELECTIVE, "it");

    assertThat(about.toEvent(List.of(contains(Match.ALL, "a"))).digest())
        .isNotEqualTo(about.toEvent(List.of(contains(Match.ANY, "a"))).digest());
  }

  @Test
  void what_is_configured_otherwise_has_another_digest() {
    assertThat(contains(Match.ALL, "a").toEvent(List.of()))
        .isEqualTo(contains(Match.ALL, "a").toEvent(List.of()));
    assertThat(contains(Match.ALL, "a").toEvent(List.of()).digest())
        .isNotEqualTo(contains(Match.ANY, "a").toEvent(List.of()).digest());
  }
}
