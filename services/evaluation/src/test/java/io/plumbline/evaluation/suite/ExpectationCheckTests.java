package io.plumbline.evaluation.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.ScorerType;
import io.plumbline.evaluation.scorer.Scores;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.items.PassageReference;
import io.plumbline.items.ToolCall;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.problem.Problem.FieldError;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ExpectationCheckTests {

  private static Item item(String id, Expected expected) {
    return new Item(id, Input.ofText("text of " + id), expected, null);
  }

  private static Item referring(String id, String... references) {
    return item(id, new Expected(null, List.of(references), null, null));
  }

  private static ExpectationCheck expectations(List<ScorerType> types, Item... items) {
    ExpectationCheck expectations = new ExpectationCheck(types.stream().map(Scorer::of).toList());
    Arrays.asList(items).forEach(expectations::addItem);
    return expectations;
  }

  private static List<FieldError> refused(ExpectationCheck expectations, boolean perturbed) {
    return Objects.requireNonNull(
            catchThrowableOfType(Problem.class, () -> expectations.requireScorable(perturbed)))
        .errors();
  }

  @Test
  void a_scorer_of_references_needs_one_for_each_item() {
    ExpectationCheck two =
        expectations(
            List.of(ScorerType.EXACT), referring("a", "Paris"), referring("b"), referring("c"));

    assertThat(refused(two, false))
        .containsExactly(
            new FieldError(
                "/scorers/0", "needs items with references: 2 of 3 have none, such as b"));
  }

  @Test
  void a_number_and_json_are_looked_for_in_the_references() {
    List<ScorerType> types = List.of(ScorerType.NUMERIC, ScorerType.NORMALISED);

    assertThatCode(
            () -> expectations(types, referring("a", "no", "it is 7")).requireScorable(false))
        .doesNotThrowAnyException();
    assertThat(refused(expectations(types, referring("a", "no")), false))
        .containsExactly(
            new FieldError(
                "/scorers/0",
                "needs items with references with a number: 1 of 1 have none, such as a"));
  }

  @Test
  void tool_calls_are_scored_where_any_item_expects_one() {
    Item calling =
        item(
            "a",
            new Expected(
                null,
                null,
                null,
                List.of(new ToolCall("refund", JsonMapper.shared().createObjectNode()))));
    List<ScorerType> types = List.of(ScorerType.TOOL_CALLS);

    assertThatCode(
            () -> expectations(types, item("b", Expected.NOTHING), calling).requireScorable(false))
        .doesNotThrowAnyException();
    assertThat(refused(expectations(types, item("b", Expected.NOTHING)), false))
        .extracting(FieldError::detail)
        .containsExactly("needs items with tool calls: 1 of 1 have none, such as b");
  }

  @Test
  void items_are_perturbed_and_labels_scored_only_where_each_has_a_label() {
    ExpectationCheck mixed =
        expectations(
            List.of(ScorerType.LABEL),
            item("a", Expected.ofLabel("spam")),
            item("b", Expected.NOTHING));

    assertThat(mixed.allLabelled()).isFalse();
    assertThat(refused(mixed, true))
        .extracting(FieldError::pointer)
        .containsExactly("/scorers/0", "/perturbations");
    assertThat(
            expectations(List.of(ScorerType.EXACT), item("a", Expected.ofLabel("spam")))
                .allLabelled())
        .isTrue();
  }

  private static final Expected ANSWERED =
      Expected.ofAnswers(
          List.of("14 days"), List.of(new PassageReference("returns.md", null, null)));
  private static final Expected UNANSWERABLE = Expected.ofAnswers(List.of(), List.of());

  @Test
  void a_scorer_that_applies_to_some_items_is_over_these() {
    ExpectationCheck both =
        expectations(
            List.of(
                ScorerType.SQUAD_EXACT, ScorerType.CITATION_RECALL, ScorerType.OUT_OF_SCOPE_RECALL),
            item("a", ANSWERED),
            item("b", ANSWERED),
            item("c", UNANSWERABLE));

    assertThatCode(() -> both.requireScorable(false)).doesNotThrowAnyException();
    assertThat(both.applicableItems())
        .isEqualTo(Map.of("citation_recall", 2, "out_of_scope_recall", 1));
  }

  @Test
  void a_scorer_over_answerable_items_needs_one() {
    List<Scorer> scorers = List.of(Scores.answerable(Scorer.of(ScorerType.TOKEN_F1)));
    ExpectationCheck both = new ExpectationCheck(scorers);
    List.of(item("a", ANSWERED), item("b", ANSWERED), item("c", UNANSWERABLE))
        .forEach(both::addItem);
    ExpectationCheck none = new ExpectationCheck(scorers);
    none.addItem(item("c", UNANSWERABLE));

    assertThatCode(() -> both.requireScorable(false)).doesNotThrowAnyException();
    assertThat(both.applicableItems()).isEqualTo(Map.of("token_f1_answerable", 2));
    assertThat(refused(none, false))
        .containsExactly(
            new FieldError(
                "/scorers/0",
                "applies to none of 1 items: it is for those with answers that are not empty"));
  }

  @Test
  void a_scorer_that_applies_to_no_item_is_refused() {
    ExpectationCheck none =
        expectations(
            List.of(ScorerType.SQUAD_EXACT, ScorerType.CITATION_RECALL),
            item("a", UNANSWERABLE),
            item("b", UNANSWERABLE));

    assertThat(refused(none, false))
        .containsExactly(
            new FieldError(
                "/scorers/1", "applies to none of 2 items: it is for those with passages"));
  }

  @Test
  void answers_are_scored_only_where_each_item_says_what_they_should_be() {
    assertThat(
            refused(
                expectations(
                    List.of(ScorerType.TOKEN_F1), item("a", ANSWERED), item("b", Expected.NOTHING)),
                false))
        .containsExactly(
            new FieldError(
                "/scorers/0",
                "needs items with answers or references: 1 of 2 have none, such as b"));
  }
}
