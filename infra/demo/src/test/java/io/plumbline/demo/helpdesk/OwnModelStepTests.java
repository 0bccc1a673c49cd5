package io.plumbline.demo.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.demo.api.StepFailed;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OwnModelStepTests {

  private static final String SERVING =
      """
      {"items": [
        {"variantDigest": "v0", "promptDigest": "p0", "serving": []},
        {"variantDigest": "v1", "promptDigest": "p1", "indexDigest": "i1",
         "parameters": {"retrievedPassages": 5},
         "abstention": {"threshold": 0.4, "answer": "The documentation does not say."},
         "serving": [{"releaseId": "r1", "environment": "production", "state": "ACTIVE"}]}]}
      """;

  private final FakePlatform platform = new FakePlatform();

  @BeforeEach
  void released() {
    platform.on("GET /api/variants", 200, SERVING);
    platform.on(
        "GET /api/applications/help-desk/criteria",
        200,
        "{\"items\": [{\"suiteDigest\": \"s1\", \"plannedVerdicts\": 3}]}");
    platform.on("GET /api/suites/s1", 200, "{\"definition\": {\"splitDigest\": \"d1\"}}");
    platform.on("GET /api/suites/s1/attempts", 200, "{\"left\": 1}");
    platform.on("POST /api/prompts", 409, "{\"type\": \"/problems/name-taken\"}");
    platform.on("POST /api/prompts/help-desk-judge/versions", 201, "{\"digest\": \"jp\"}");
    platform.on("POST /api/variants", 201, "{\"variantDigest\": \"v2\"}");
    platform.on("POST /api/suites", 200, "{\"suiteDigest\": \"judged\"}");
    platform.on("POST /api/runs", 202, "{\"runId\": \"run1\"}");
    platform.on(
        "GET /api/runs/run1",
        200,
        """
        {"runId": "run1", "state": "FINISHED", "unmeasured": {},
         "metrics": {"judge_score": {"value": 0.75, "low": 0.6, "high": 0.9}},
         "judging": {"replies": 60, "promptTokens": 600, "completionTokens": 120, "cost": null}}
        """);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void the_model_has_the_parts_of_what_serves_but_for_the_model_and_its_abstention() {
    run(Map.of());

    JsonNode variant = platform.sent("POST /api/variants");
    assertThat(variant.has("abstention")).isFalse();
    assertThat(variant.path("promptDigest").asString()).isEqualTo("p1");
    assertThat(variant.path("indexDigest").asString()).isEqualTo("i1");
    assertThat(variant.path("parameters").toString()).isEqualTo("{\"retrievedPassages\":5}");
    assertThat(variant.path("model").asString()).isEqualTo("demo-model/m");
  }

  @Test
  void both_answer_a_sample_of_validation_questions_and_none_of_the_test() {
    run(Map.of());

    JsonNode suite = platform.sent("POST /api/suites");
    assertThat(suite.path("subset").asString()).isEqualTo("validation");
    assertThat(suite.path("splitDigest").asString()).isEqualTo("d1");
    assertThat(suite.path("maxItems").asInt()).isEqualTo(60);
    assertThat(platform.sent("POST /api/runs").path("suiteDigest").asString()).isEqualTo("judged");
    assertThat(platform.requests()).filteredOn("POST /api/runs"::equals).hasSize(2);
    assertThat(platform.requests()).doesNotContain("POST /api/verdicts", "POST /api/releases");
  }

  @Test
  void the_table_says_what_it_does_not_show() {
    run(Map.of());

    assertThat(platform.printed())
        .contains("judge_score            0.750 [0.600, 0.900]       0.750 [0.600, 0.900]")
        .contains("cost_per_1000_usd      -                          -")
        .contains("demo-model/m: the judge read 600 tokens, wrote 120 and cost an unknown amount")
        .contains("the judge is the judged model itself")
        .contains("the price of the model is not set")
        .contains("planned verdicts left: 1 of 3");
    assertThat(platform.demo.get("ownModel")).isEqualTo("reader 0.750, demo-model/m 0.750");
  }

  @Test
  void another_judge_favours_nobody() {
    run(Map.of("PLUMBLINE_DEMO_JUDGE", "http://127.0.0.1:9/v1#other"));

    assertThat(platform.printed())
        .contains("judged by demo-model/other")
        .doesNotContain("favours its own answers");
  }

  @Test
  void the_prompt_of_the_judge_is_published_once() {
    platform.on(
        "POST /api/prompts/help-desk-judge/versions",
        409,
        "{\"type\": \"/problems/version-unchanged\"}");
    platform.on(
        "GET /api/prompts/help-desk-judge/versions", 200, "{\"items\": [{\"digest\": \"old\"}]}");

    run(Map.of());

    assertThat(platform.requests()).contains("GET /api/prompts/help-desk-judge/versions");
  }

  @Test
  void where_nothing_serves_there_is_nothing_to_stand_beside() {
    platform.on("GET /api/variants", 200, "{\"items\": []}");

    assertThatThrownBy(() -> run(Map.of()))
        .isInstanceOf(StepFailed.class)
        .hasMessageStartingWith("No variant of help-desk serves in production");
  }

  private void run(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("PLUMBLINE_DEMO_MODEL", "http://127.0.0.1:9/v1#m");
    new OwnModelStep(OwnModel.of(environment).orElseThrow()).run(platform.demo);
  }
}
