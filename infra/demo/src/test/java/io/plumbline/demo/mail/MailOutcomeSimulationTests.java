package io.plumbline.demo.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.step.DemoSize;
import io.plumbline.demo.step.OutcomeProbabilities;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MailOutcomeSimulationTests {

  private static final MailPlan PLAN = MailPlan.of(DemoSize.FULL);

  @Test
  void few_shot_at_75_percent_fails_and_retrieval_at_93_passes() {
    OutcomeProbabilities chances =
        MailOutcomeSimulation.of(PLAN, run(75), run(93)).estimateProbabilities();

    assertThat(chances.each())
        .containsOnlyKeys(
            "the prompt fails",
            "retrieval passes accuracy",
            "no loss to the baseline",
            "consistency");
    assertThat(chances.joint()).isGreaterThan(0.99);
  }

  @Test
  void few_shot_near_the_threshold_fails_now_and_then() {
    OutcomeProbabilities chances =
        MailOutcomeSimulation.of(PLAN, run(82), run(93)).estimateProbabilities();

    assertThat(chances.each().get("the prompt fails")).isStrictlyBetween(0.2, 0.6);
    assertThat(chances.joint()).isLessThan(0.6);
  }

  @Test
  void items_as_they_are_have_the_outcomes_that_a_verdict_on_them_has() {
    assertThat(MailOutcomeSimulation.of(PLAN, run(75), run(96)).outcomes())
        .isEqualTo(
            Map.of(
                "the prompt fails",
                true,
                "retrieval passes accuracy",
                true,
                "no loss to the baseline",
                true,
                "consistency",
                true));
    assertThat(MailOutcomeSimulation.of(PLAN, run(84), run(90)).outcomes())
        .containsEntry("the prompt fails", false)
        .containsEntry("retrieval passes accuracy", false);
  }

  /** A hundred items, each also perturbed and answered alike. */
  private static List<JsonNode> run(int right) {
    return IntStream.range(0, 100)
        .boxed()
        .flatMap(i ->
            Stream.of("NONE", "TRUNCATED")
                .map(perturbation ->
                    JsonMapper.shared()
                        .readTree(
                            """
                            {"itemId": "i%d", "perturbation": "%s", "prediction": "spam",
                             "scores": {"label": {"score": %d}}}
                            """
                                .formatted(i, perturbation, i < right ? 1 : 0))))
        .toList();
  }
}
