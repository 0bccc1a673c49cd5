package io.plumbline.evaluation.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.items.Expected;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScopeScoringTests {

  private static final ScopeScoring SCORING = new ScopeScoring(false, Set.of("other", "null"));
  private static final ScopeScoring IN_SCOPE = new ScopeScoring(true, Set.of("other", "null"));

  @Test
  void questions_without_an_answer_and_inputs_of_its_labels_are_out_of_scope() {
    assertThat(SCORING.applies(Expected.ofAnswers(List.of(), List.of()))).isTrue();
    assertThat(SCORING.applies(Expected.ofLabel("other"))).isTrue();
    assertThat(SCORING.applies(Expected.ofLabel("billing"))).isFalse();
    assertThat(SCORING.applies(Expected.ofAnswers(List.of("14 days"), List.of()))).isFalse();
  }

  @Test
  void an_item_without_a_label_has_none_of_its_labels() {
    assertThat(SCORING.applies(Expected.NOTHING)).isFalse();
  }

  @Test
  void who_abstains_is_right_there_whatever_was_said() {
    ModelMessage said = ModelMessage.ofText("I do not know.");
    Expected unanswerable = Expected.ofAnswers(List.of(), List.of());

    assertThat(
            SCORING
                .score(unanswerable, new ModelAnswer(said, List.of(), true, null, List.of()))
                .score())
        .isEqualTo(1);
    assertThat(SCORING.score(unanswerable, ModelAnswer.of(said)).score()).isZero();
  }

  @Test
  void all_others_are_in_scope() {
    assertThat(IN_SCOPE.applies(Expected.ofAnswers(List.of("14 days"), List.of()))).isTrue();
    assertThat(IN_SCOPE.applies(Expected.ofLabel("billing"))).isTrue();
    assertThat(IN_SCOPE.applies(Expected.ofAnswers(List.of(), List.of()))).isFalse();
    assertThat(IN_SCOPE.applies(Expected.ofLabel("other"))).isFalse();
  }

  @Test
  void who_answers_covers_what_is_in_scope_whatever_was_said_and_who_abstains_does_not() {
    ModelMessage said = ModelMessage.ofText("30 days");
    Expected answerable = Expected.ofAnswers(List.of("14 days"), List.of());

    assertThat(IN_SCOPE.score(answerable, ModelAnswer.of(said)).score()).isEqualTo(1);
    assertThat(
            IN_SCOPE
                .score(answerable, new ModelAnswer(said, List.of(), true, null, List.of()))
                .score())
        .isZero();
  }
}
