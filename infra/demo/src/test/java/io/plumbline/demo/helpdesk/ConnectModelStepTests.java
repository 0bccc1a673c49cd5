package io.plumbline.demo.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.demo.api.StepFailed;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectModelStepTests {

  private final FakePlatform platform = new FakePlatform();

  @BeforeEach
  void connectable() {
    platform.on("POST /api/providers", 201, "{}");
    platform.on("POST /v1/chat/completions", 200, "{\"choices\":[]}");
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void a_model_is_connected_and_answers_and_its_key_is_not_printed() {
    run(Map.of("PLUMBLINE_DEMO_MODEL_KEY", "top-secret"));

    assertThat(platform.requests())
        .containsExactly(
            "GET /api/providers/demo-model", "POST /api/providers", "POST /v1/chat/completions");
    assertThat(platform.sent("POST /api/providers").path("apiKey").asString())
        .isEqualTo("top-secret");
    assertThat(platform.printed())
        .contains("✔ http://127.0.0.1:9/v1 is the provider demo-model", "✔ demo-model/m answers")
        .doesNotContain("top-secret");
  }

  @Test
  void one_that_an_earlier_run_connected_is_connected_to_the_address_of_now() {
    platform.on("GET /api/providers/demo-model", 200, "{}");
    platform.on("POST /api/providers/demo-model/connections", 200, "{}");

    run(Map.of());

    assertThat(platform.requests()).doesNotContain("POST /api/providers");
  }

  @Test
  void at_the_same_address_the_key_of_now_is_taken() {
    platform.on("GET /api/providers/demo-model", 200, "{}");
    platform.on(
        "POST /api/providers/demo-model/connections", 409, "{\"type\":\"/problems/conflict\"}");
    platform.on("PUT /api/providers/demo-model/api-key", 200, "{}");

    run(Map.of("PLUMBLINE_DEMO_MODEL_KEY", "k2"));

    assertThat(platform.sent("PUT /api/providers/demo-model/api-key").path("apiKey").asString())
        .isEqualTo("k2");
  }

  @Test
  void an_address_that_is_not_allowed_ends_the_step_with_the_words_of_the_platform() {
    platform.on(
        "POST /api/providers",
        422,
        "{\"detail\":\"The host of baseUrl is on a private network.\"}");

    assertThatThrownBy(() -> run(Map.of()))
        .isInstanceOf(StepFailed.class)
        .hasMessage(
            "The endpoint of PLUMBLINE_DEMO_MODEL cannot be connected: The host of baseUrl is on a"
                + " private network.");
  }

  @Test
  void a_model_that_does_not_answer_ends_the_step_with_the_reason() {
    platform.on(
        "POST /v1/chat/completions", 502, "{\"error\":{\"message\":\"Nothing listens there.\"}}");

    assertThatThrownBy(() -> run(Map.of()))
        .isInstanceOf(StepFailed.class)
        .hasMessage("demo-model/m does not answer: Nothing listens there.");
  }

  @Test
  void a_model_that_wants_a_key_ends_the_step_with_the_variable_that_names_it() {
    platform.on(
        "POST /v1/chat/completions",
        502,
        "{\"error\":{\"code\":\"provider_refused_key\",\"message\":\"It wants a key.\"}}");

    assertThatThrownBy(() -> run(Map.of()))
        .hasMessage(
            "demo-model/m does not answer: It wants a key. The key comes from"
                + " PLUMBLINE_DEMO_MODEL_KEY: correct it there and start the demo again.");
  }

  @Test
  void a_judge_elsewhere_is_a_provider_of_its_own_and_the_price_is_listed() {
    platform.on("POST /api/base-models", 409, "{\"type\":\"/problems/already-listed\"}");
    platform.on("GET /api/price-proposals", 200, "{\"items\":[]}");

    run(
        Map.of(
            "PLUMBLINE_DEMO_JUDGE",
            "http://127.0.0.1:8/v1#j",
            "PLUMBLINE_DEMO_MODEL_PRICE",
            "0,0,8192"));

    assertThat(platform.requests())
        .containsExactly(
            "GET /api/providers/demo-model",
            "POST /api/providers",
            "GET /api/providers/demo-judge",
            "POST /api/providers",
            "POST /api/base-models",
            "GET /api/price-proposals",
            "POST /v1/chat/completions",
            "POST /v1/chat/completions");
    assertThat(platform.printed())
        .contains("demo-model/m is in the catalogue already, and its price there applies");
  }

  private void run(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("PLUMBLINE_DEMO_MODEL", "http://127.0.0.1:9/v1#m");
    new ConnectModelStep(OwnModel.of(environment).orElseThrow()).run(platform.demo);
  }
}
