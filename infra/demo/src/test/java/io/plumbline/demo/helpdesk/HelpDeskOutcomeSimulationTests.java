package io.plumbline.demo.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.step.OutcomeProbabilities;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HelpDeskOutcomeSimulationTests {

  private static final List<AnsweredQuestion> SILENT =
      Collections.nCopies(100, new AnsweredQuestion(true, 0.1, 0, 0, 1));

  @Test
  void retrieval_that_is_far_above_every_threshold_passes_in_each_resample() {
    OutcomeProbabilities chances = chances(new AnsweredQuestion(true, 0.9, 0.6, 0.8, 1), 0.2);

    assertThat(chances.each())
        .hasSize(5)
        .allSatisfy((name, share) -> assertThat(share).isEqualTo(1));
    assertThat(chances.joint()).isEqualTo(1);
  }

  /** Unanswerable questions that are answered with more confidence raise the threshold. */
  @Test
  void a_threshold_above_what_answers_reach_leaves_none_of_them() {
    OutcomeProbabilities chances = chances(new AnsweredQuestion(true, 0.9, 0.6, 0.8, 1), 0.95);

    assertThat(chances.each().get("out-of-scope recall")).isEqualTo(1);
    assertThat(chances.each().get("retrieval passes token F1")).isZero();
    assertThat(chances.joint()).isZero();
  }

  @Test
  void answers_near_the_threshold_pass_now_and_then() {
    AnsweredQuestion right = new AnsweredQuestion(true, 0.9, 1, 1, 1);
    AnsweredQuestion wrong = new AnsweredQuestion(true, 0.9, 0, 0, 1);
    List<AnsweredQuestion> retrieval =
        Stream.concat(
                Stream.concat(
                    Collections.nCopies(42, right).stream(),
                    Collections.nCopies(58, wrong).stream()),
                Collections.nCopies(104, new AnsweredQuestion(false, 0.2, 0, 0, 1)).stream())
            .toList();

    OutcomeProbabilities chances =
        new HelpDeskOutcomeSimulation(SILENT, retrieval, 254, 155).estimateProbabilities();

    assertThat(chances.each().get("citation precision")).isBetween(0.3, 0.5);
  }

  private static OutcomeProbabilities chances(AnsweredQuestion answer, double unanswerable) {
    List<AnsweredQuestion> retrieval =
        Stream.concat(
                Collections.nCopies(100, answer).stream(),
                Collections.nCopies(104, new AnsweredQuestion(false, unanswerable, 0, 0, 1))
                    .stream())
            .toList();
    return new HelpDeskOutcomeSimulation(SILENT, retrieval, 254, 155).estimateProbabilities();
  }
}
