package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/** The demo, with a language model of the user's own beside it, whose place a script takes. */
@ExtendWith(Platform.class)
@Isolated("It computes all the time.")
class DemoIT {

  private static final String SAID = "As the first passage says [1].";
  private static final String KEY = "the-key-of-the-model";

  /** The model is the judge of itself too, as nobody named another one. */
  @Test
  void the_demo_passes_every_step_and_puts_a_model_of_ones_own_beside_the_reader() {
    try (ScriptedProvider model = new ScriptedProvider(DemoIT::reply)) {
      Platform.Outcome demo =
          Platform.command(
              Map.of(
                  "PLUMBLINE_DEMO_MODEL",
                  model.url() + "#qwen/m",
                  "PLUMBLINE_DEMO_MODEL_KEY",
                  KEY,
                  "PLUMBLINE_DEMO_MODEL_PRICE",
                  "1,1,32768"),
              "demo");
      System.out.println(demo.output());

      assertThat(demo.exit()).as(demo.output()).isZero();
      assertThat(demo.output())
          .contains("demo-model/qwen/m answers")
          .containsPattern("judge_score +0\\.250 \\[.*\\] +1\\.000 \\[")
          .containsPattern("latency_p95_ms +\\d")
          .containsPattern("cost_per_1000_usd +0\\.\\d+ \\[.*\\] +0\\.009")
          .contains("the judge is the judged model itself")
          .contains("the reader stays released")
          .contains("planned verdicts left: 1 of 3")
          .contains("judged on validation questions: reader 0.250, demo-model/qwen/m 1.000")
          .doesNotContain(KEY);
      // Asked once to say hello, then for 60 answers, and about these and the reader's as a judge.
      assertThat(model.calls()).isEqualTo(1 + 60 + 2 * 60);
    }
  }

  @Test
  void a_model_that_is_not_there_ends_the_demo_before_its_first_step() {
    Platform.Outcome demo =
        Platform.command(
            Map.of("PLUMBLINE_DEMO_MODEL", "http://127.0.0.1:9/v1#m"),
            "demo",
            "--application",
            "help-desk");

    assertThat(demo.exit()).as(demo.output()).isEqualTo(1);
    assertThat(demo.output())
        .contains("✘ demo-model/m does not answer: ")
        .contains("The demo stopped at step 1");
  }

  @Test
  void what_is_no_address_of_a_model_is_refused_before_anything_is_called() {
    Platform.Outcome demo = Platform.command(Map.of("PLUMBLINE_DEMO_MODEL", "llama3.2"), "demo");

    assertThat(demo.exit()).as(demo.output()).isEqualTo(2);
    assertThat(demo.output()).contains("PLUMBLINE_DEMO_MODEL has to be the base URL");
  }

  /** As a judge it gives its own answers the full score, and others a quarter. */
  private static Map<String, ?> reply(JsonNode request) {
    JsonNode messages = request.path("messages");
    if (!messages.get(0).path("content").asString().startsWith("You judge")) {
      return ScriptedProvider.says(SAID);
    }
    boolean own =
        messages.get(messages.size() - 1).path("content").asString().contains("first passage");
    return ScriptedProvider.says(
        "{\"reason\": \"It says so.\", \"score\": %s}".formatted(own ? "1" : "0.25"));
  }
}
