package io.plumbline.demo.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.demo.api.StepFailed;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AbstentionThresholdTests {

  /** 92 of 100 have a lower bound of 0.850 (Wilson, 95%), and 91 one of 0.838. */
  @Test
  void it_is_the_lowest_whose_recall_has_a_lower_bound_of_85_percent() {
    List<AnsweredQuestion> validation =
        Stream.concat(
                IntStream.range(0, 100).mapToObj(i -> question(false, i / 100.0 + 0.0042)),
                Stream.of(question(true, 0.2), question(true, 0.95)))
            .toList();

    double threshold = AbstentionThreshold.choose(validation);

    assertThat(threshold).isEqualTo(0.915);
    assertThat(AbstentionThreshold.recall(validation, threshold).successes()).isEqualTo(92);
    assertThat(AbstentionThreshold.recallLowerBound(validation, threshold)).isBetween(0.850, 0.851);
    assertThat(AbstentionThreshold.coverage(validation, threshold)).isEqualTo(9 / 102.0);
  }

  @Test
  void too_few_questions_show_no_such_recall() {
    List<AnsweredQuestion> validation =
        IntStream.range(0, 20).mapToObj(i -> question(false, 0.1)).toList();

    assertThatThrownBy(() -> AbstentionThreshold.choose(validation))
        .isInstanceOf(StepFailed.class)
        .hasMessageStartingWith("20 validation questions without an answer are too few");
  }

  private static AnsweredQuestion question(boolean answerable, double confidence) {
    return new AnsweredQuestion(answerable, confidence, 0, 0, 1);
  }
}
