package io.plumbline.demo.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.demo.api.StepFailed;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnModelTests {

  private static final String OLLAMA = "http://127.0.0.1:11434/v1#llama3.2";

  @Test
  void without_the_variable_there_is_no_model() {
    assertThat(OwnModel.of(Map.of())).isEmpty();
    assertThat(OwnModel.of(Map.of("PLUMBLINE_DEMO_MODEL", " "))).isEmpty();
  }

  @Test
  void a_model_alone_is_its_own_judge() {
    OwnModel own = own(Map.of("PLUMBLINE_DEMO_MODEL", OLLAMA, "PLUMBLINE_DEMO_MODEL_KEY", "k1"));

    ModelEndpoint endpoint =
        new ModelEndpoint(URI.create("http://127.0.0.1:11434/v1"), "llama3.2", "k1");
    assertThat(own).isEqualTo(new OwnModel(endpoint, endpoint, null));
    assertThat(own.name()).isEqualTo("demo-model/llama3.2");
    assertThat(own.judgeName()).isEqualTo("demo-model/llama3.2");
    assertThat(own.judgesItself()).isTrue();
  }

  @Test
  void another_model_of_the_same_endpoint_judges_by_the_same_provider() {
    OwnModel own =
        own(
            Map.of(
                "PLUMBLINE_DEMO_MODEL",
                OLLAMA,
                "PLUMBLINE_DEMO_JUDGE",
                "http://127.0.0.1:11434/v1#mistral"));

    assertThat(own.isJudgeElsewhere()).isFalse();
    assertThat(own.judgeName()).isEqualTo("demo-model/mistral");
    assertThat(own.judgesItself()).isFalse();
  }

  @Test
  void the_same_name_at_another_endpoint_is_another_judge() {
    OwnModel own =
        own(
            Map.of(
                "PLUMBLINE_DEMO_MODEL",
                OLLAMA,
                "PLUMBLINE_DEMO_JUDGE",
                "https://llm.example.com/v1#llama3.2",
                "PLUMBLINE_DEMO_JUDGE_KEY",
                "k2"));

    assertThat(own.isJudgeElsewhere()).isTrue();
    assertThat(own.judgeName()).isEqualTo("demo-judge/llama3.2");
    assertThat(own.judgesItself()).isFalse();
    assertThat(own.judge().key()).isEqualTo("k2");
  }

  @Test
  void a_judge_without_a_model_is_named() {
    assertThatThrownBy(() -> OwnModel.of(Map.of("PLUMBLINE_DEMO_JUDGE", OLLAMA)))
        .isInstanceOf(StepFailed.class)
        .hasMessage(
            "PLUMBLINE_DEMO_JUDGE names a judge, but there is no PLUMBLINE_DEMO_MODEL that it could"
                + " judge.");
  }

  @Test
  void the_name_of_a_model_may_have_slashes() {
    assertThat(own(Map.of("PLUMBLINE_DEMO_MODEL", "http://10.20.0.7:8000/v1#Qwen/Qwen3-8B")).name())
        .isEqualTo("demo-model/Qwen/Qwen3-8B");
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:11434/v1, the value has no model",
    "http://127.0.0.1:11434/v1#, the value has no model",
    "llama3.2, the value has no model",
    "http://127.0.0.1:11434/v1#llama 3, the model has a space",
    "http://127.0.0.1:114 34/v1#m, the part before # is not a URL",
    "127.0.0.1:11434/v1#m, the part before # is not a URL",
    "ftp://127.0.0.1/v1#m, the URL has no http:// or https://",
    "http:/v1#m, the URL has no http:// or https://",
    "https://ada:secret@llm.example.com/v1#m, the URL has a user or a query",
    "https://llm.example.com/v1?key=secret#m, a key is given as PLUMBLINE_DEMO_MODEL_KEY"
  })
  void what_is_not_of_the_form_is_refused_in_one_sentence_without_its_value(
      String value, String reason) {
    assertThatThrownBy(() -> OwnModel.of(Map.of("PLUMBLINE_DEMO_MODEL", value)))
        .isInstanceOf(StepFailed.class)
        .hasMessageStartingWith("PLUMBLINE_DEMO_MODEL has to be the base URL")
        .hasMessageContaining(reason)
        .hasMessageNotContaining("secret");
  }

  @Test
  void no_text_of_a_model_has_its_key() {
    assertThat(
            own(Map.of("PLUMBLINE_DEMO_MODEL", OLLAMA, "PLUMBLINE_DEMO_MODEL_KEY", "top-secret")))
        .asString()
        .doesNotContain("top-secret");
  }

  @Test
  void a_price_lists_the_model_with_its_context_window() {
    OwnModel own =
        own(
            Map.of(
                "PLUMBLINE_DEMO_MODEL",
                OLLAMA,
                "PLUMBLINE_DEMO_MODEL_PRICE",
                "0.15, 0.60, 131072"));

    ModelPrice price = Objects.requireNonNull(own.price());
    assertThat(price)
        .isEqualTo(new ModelPrice(new BigDecimal("0.15"), new BigDecimal("0.60"), 131_072));
    assertThat(price.listingRequest("demo-model/llama3.2"))
        .containsEntry("name", "demo-model/llama3.2")
        .containsEntry("contextWindow", 131_072)
        .containsEntry("inputPerMillion", Map.of("amount", "0.15", "currency", "USD"))
        .containsEntry("outputPerMillion", Map.of("amount", "0.60", "currency", "USD"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.15", "0.15,0.60", "cheap,0.60,8192", "0.15,-1,8192", "0,0,0", "1,2,3,4"})
  void a_price_that_is_not_three_numbers_is_refused(String value) {
    assertThatThrownBy(() ->
            OwnModel.of(
                Map.of("PLUMBLINE_DEMO_MODEL", OLLAMA, "PLUMBLINE_DEMO_MODEL_PRICE", value)))
        .isInstanceOf(StepFailed.class)
        .hasMessageStartingWith("PLUMBLINE_DEMO_MODEL_PRICE has to be USD")
        .hasMessageEndingWith("but is " + value + ".");
  }

  private static OwnModel own(Map<String, String> environment) {
    return OwnModel.of(environment).orElseThrow();
  }
}
