package io.plumbline.strategy.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the scales of the answers. */
class QuestionTests {

  @ParameterizedTest
  @EnumSource
  void every_question_has_three_different_answers(Question question) {
    assertThat(question.answers()).hasSize(3).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "PERFORMANCE_GAP, NONE, NONE, 0",
    "PERFORMANCE_GAP, NONE, SMALL, 1",
    "PERFORMANCE_GAP, LARGE, NONE, 2",
    "SPECIFICITY, GENERAL, SPECIALISED, 2",
    "DATA_AVAILABILITY, ABUNDANT, LIMITED, 1",
    "RESOURCES, AMPLE, LIMITED, 2"
  })
  void the_distance_is_the_number_of_steps_on_the_scale(
      Question question, String from, String to, int steps) {
    assertThat(question.stepsBetween(from, to)).isEqualTo(steps);
  }

  @ParameterizedTest
  @EnumSource
  void the_answers_of_a_person_are_answers_of_the_tree(Question question) {
    assertThat(question.answers())
        .containsExactlyElementsOf(
            switch (question) {
              case PERFORMANCE_GAP -> List.of("NONE", "SMALL", "LARGE");
              case SPECIFICITY -> names(Answers.Specificity.values());
              case DATA_AVAILABILITY -> names(Answers.DataAvailability.values());
              case RESOURCES -> names(Answers.Resources.values());
            });
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }
}
