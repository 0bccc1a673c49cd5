package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.api.ApiUser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/**
 * Runs the demo on its small corpus: killed, started again, and with a language model of the user's
 * own beside it, which a script plays.
 */
@ExtendWith(Platform.class)
@Isolated("It computes all the time.")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoIT {

  private static final String SAID = "As the first passage says [1].";
  private static final Map<String, String> SMALL = Map.of("PLUMBLINE_DEMO_SIZE", "small");

  /** The number of steps of both applications and of the ledger. */
  private static final int STEPS = 22;

  private static final String KEY = "the-key-of-the-model";

  /**
   * Checks that each start continues at the first step that is not done, and that no attempt is
   * spent twice.
   */
  @Test
  @Order(1)
  void a_demo_that_is_killed_within_its_steps_ends_released() {
    KilledDemo demo = new KilledDemo(SMALL);

    int exit = demo.run();
    System.out.println(demo.output());

    assertThat(exit).as(demo.output()).isZero();
    assertThat(demo.ended()).hasSizeGreaterThanOrEqualTo(STEPS / KilledDemo.EVERY);
    assertThat(ended(demo.output())).hasSize(STEPS);
    assertThat(left("mail-triage")).isZero();
    assertThat(left("help-desk")).isEqualTo(1);
  }

  @Test
  @Order(2)
  void a_second_start_finds_it_done_and_calls_both_applications() {
    Platform.Outcome demo = Platform.command(SMALL, "demo");
    System.out.println(demo.output());

    assertThat(demo.exit()).as(demo.output()).isZero();
    assertThat(ended(demo.output())).hasSize(STEPS);
    assertThat(demo.output())
        .contains("found done  Publish the suites, register the criteria over one of them")
        .contains("found done  Retrieval phase: index the training rows, evaluate, decide")
        .contains("found done  A worse variant by override")
        .contains("mail-triage answered by release " + active("mail-triage"))
        .contains("help-desk answered by release " + active("help-desk"));
    assertThat(left("mail-triage")).isZero();
    assertThat(left("help-desk")).isEqualTo(1);
  }

  /** Checks the model as its own judge, since the environment names no other. */
  @Test
  @Order(3)
  void a_model_of_ones_own_is_put_beside_the_reader() {
    try (ScriptedProvider model = new ScriptedProvider(DemoIT::reply)) {
      Map<String, String> environment = new HashMap<>(SMALL);
      environment.put("PLUMBLINE_DEMO_MODEL", model.url() + "#qwen/m");
      environment.put("PLUMBLINE_DEMO_MODEL_KEY", KEY);
      environment.put("PLUMBLINE_DEMO_MODEL_PRICE", "1,1,32768");
      Platform.Outcome demo = Platform.command(environment, "demo", "--application", "help-desk");
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
      // The model is asked once to say hello, then for 60 answers, and as a judge about these and
      // the reader's.
      assertThat(model.calls()).isEqualTo(1 + 60 + 2 * 60);
    }
  }

  @Test
  @Order(4)
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
  @Order(5)
  void what_is_no_address_of_a_model_is_refused_before_anything_is_called() {
    Platform.Outcome demo = Platform.command(Map.of("PLUMBLINE_DEMO_MODEL", "llama3.2"), "demo");

    assertThat(demo.exit()).as(demo.output()).isEqualTo(2);
    assertThat(demo.output()).contains("PLUMBLINE_DEMO_MODEL has to be the base URL");
  }

  /** Returns the lines of the summary, one for each step, that say how it ended. */
  private static List<String> ended(String output) {
    return output
        .lines()
        .filter(line -> line.matches("  (done now|found done) {2,}\\S.*"))
        .toList();
  }

  /** Returns the number of planned verdicts on the test items of an application that are left. */
  private static int left(String application) {
    ApiUser ada = Platform.user("ada");
    JsonNode criteria =
        ada.get("/api/applications/%s/criteria".formatted(application))
            .expect(200)
            .json()
            .at("/items/0");
    return ada.get(
            "/api/suites/%s/attempts?plannedVerdicts=%s"
                .formatted(
                    criteria.at("/suiteDigest").asString(),
                    criteria.at("/plannedVerdicts").asString()))
        .expect(200)
        .json()
        .at("/left")
        .asInt();
  }

  /** Returns the release that is active in production. */
  private static String active(String application) {
    return Platform.user("ada").items("/api/releases?limit=100&application=" + application).stream()
        .filter(release -> release.at("/state").asString().equals("ACTIVE"))
        .map(release -> release.at("/releaseId").asString())
        .findFirst()
        .orElseThrow();
  }

  /**
   * Answers as the model. As a judge it gives its own answers the full score, and others a quarter.
   */
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
