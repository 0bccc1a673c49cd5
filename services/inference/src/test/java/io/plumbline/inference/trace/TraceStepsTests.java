package io.plumbline.inference.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceStepsTests {

  private final TraceSteps steps = new TraceSteps(System.nanoTime());

  @Test
  void a_step_within_another_ends_before_it() {
    String answer =
        steps.runStep(
            TraceSteps.Kind.RENDER,
            () -> TraceSteps.runStepIfTraced(TraceSteps.Kind.RETRIEVE, () -> "passages") + "!");

    assertThat(answer).isEqualTo("passages!");
    assertThat(steps.recordedSteps())
        .extracting(TraceSteps.Step::kind)
        .containsExactly(TraceSteps.Kind.RETRIEVE, TraceSteps.Kind.RENDER);
    TraceSteps.Step outer = steps.recordedSteps().getLast();
    TraceSteps.Step inner = steps.recordedSteps().getFirst();
    assertThat(inner.startMicros()).isGreaterThanOrEqualTo(outer.startMicros());
    assertThat(inner.durationMicros()).isLessThanOrEqualTo(outer.durationMicros());
  }

  @Test
  void a_step_says_what_only_its_result_does() {
    steps.runStep(
        TraceSteps.Kind.RENDER,
        () ->
            TraceSteps.runStepIfTraced(
                TraceSteps.Kind.RETRIEVE, () -> 3, found -> Map.of("passages", found.toString())));

    assertThat(steps.recordedSteps().getFirst().details())
        .containsExactly(Map.entry("passages", "3"));
    assertThat(
            TraceSteps.<Integer>runStepIfTraced(
                TraceSteps.Kind.RETRIEVE, () -> 1, found -> Map.of()))
        .isEqualTo(1);
  }

  @Test
  void a_step_that_fails_is_a_step() {
    assertThatThrownBy(() ->
            steps.runStep(
                TraceSteps.Kind.CALL,
                () -> {
                  throw new IllegalStateException("no");
                }))
        .hasMessage("no");

    assertThat(steps.recordedSteps()).hasSize(1);
  }

  @Test
  void outside_of_a_request_a_step_is_just_work() {
    assertThat(TraceSteps.runStepIfTraced(TraceSteps.Kind.RETRIEVE, () -> 1)).isEqualTo(1);
    assertThat(steps.recordedSteps()).isEmpty();
  }

  @Test
  void a_request_keeps_a_bounded_number_of_steps() {
    for (int i = 0; i <= TraceSteps.MAX_STEPS; i++) {
      steps.record(TraceSteps.Kind.CHECK, System.nanoTime(), Map.of());
    }

    assertThat(steps.recordedSteps()).hasSize(TraceSteps.MAX_STEPS);
  }
}
