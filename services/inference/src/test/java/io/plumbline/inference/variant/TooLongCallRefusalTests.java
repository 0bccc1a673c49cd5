package io.plumbline.inference.variant;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.inference.context.ContextFitResult;
import io.plumbline.inference.context.ContextFitResult.Fault;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TooLongCallRefusalTests {

  @ParameterizedTest
  @CsvSource({
    "CALLER, user, messages",
    "ANSWER, max_tokens, max_tokens",
    "VARIANT, plumbline_variables, plumbline_variables",
    "VARIANT, tools, tools"
  })
  void a_caller_who_sent_what_is_too_long_is_refused_by_the_field(
      Fault fault, String sent, String param) {
    assertThat(refusal(fault, sent))
        .isInstanceOfSatisfying(
            InvalidCall.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("context_length_exceeded");
              assertThat(refused.parameterName()).isEqualTo(param);
            });
  }

  @ParameterizedTest
  @CsvSource({"ANSWER, user", "VARIANT, user", "VARIANT, max_tokens"})
  void what_is_too_long_for_every_caller_is_the_variants_failure(Fault fault, String sent) {
    assertThat(refusal(fault, sent)).isInstanceOf(PromptTooLong.class).hasMessage("too long");
  }

  private static RuntimeException refusal(Fault fault, String sent) {
    ObjectNode call = JsonMapper.shared().createObjectNode().put(sent, 1);
    return TooLongCallRefusal.toException(
        new ContextFitResult.TooLong(fault, "too long", Map.of()), call);
  }
}
