package io.plumbline.demo.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.demo.api.StepFailed;
import io.plumbline.demo.step.ReleaseCheckStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnsweringStepTests {

  private final FakePlatform platform = new FakePlatform();

  @BeforeEach
  void released() {
    platform.demo.put("application", "help-desk");
    platform.demo.put("chosen", "retrieval");
    platform.demo.put("release", "r1");
    platform.on("POST /v1/chat/completions", 200, "{}");
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void an_answer_of_the_release_that_the_demo_made_is_what_it_asks_for() {
    platform.on("GET /api/traces", 200, "{\"items\": [{\"releaseId\": \"r1\"}]}");

    new ReleaseCheckStep("Does it serve?").run(platform.demo);

    assertThat(platform.demo.get("serving")).isEqualTo("retrieval, by release r1");
  }

  @Test
  void an_answer_of_another_release_fails() {
    platform.on("GET /api/traces", 200, "{\"items\": [{\"releaseId\": \"r2\"}]}");

    assertThatThrownBy(() -> new ReleaseCheckStep("Does it serve?").run(platform.demo))
        .isInstanceOf(StepFailed.class)
        .hasMessage("help-desk answered by release r2, and not by the demo's release r1");
  }

  @Test
  void an_application_without_a_release_does_not_answer() {
    platform.on(
        "POST /v1/chat/completions", 404, "{\"error\": {\"message\": \"Nothing is released\"}}");

    assertThatThrownBy(() -> new ReleaseCheckStep("Does it serve?").run(platform.demo))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("Nothing is released");
  }
}
