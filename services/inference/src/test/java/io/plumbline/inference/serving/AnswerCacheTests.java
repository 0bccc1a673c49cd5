package io.plumbline.inference.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contracts.Digest;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.inference.variant.SampleVariants;
import io.plumbline.inference.variant.Variant;
import io.plumbline.platform.identity.CallerId;
import io.plumbline.platform.test.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AnswerCacheTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final CallerId ADA = new CallerId(new UUID(0, 1), "ada");
  private static final String CALL =
      """
      {"model":"app/mail","messages":[{"role":"user","content":"hello"}]}
      """;
  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private static final UUID WORKSPACE = new UUID(0, 1);

  private final AnswerCache cache =
      new AnswerCache(clock, new SimpleMeterRegistry(), Duration.ofHours(1), 200_000);

  @Test
  void the_same_call_has_the_same_key() {
    assertThat(key(ADA, variant("a", "mail"), CALL))
        .isEqualTo(key(ADA, variant("a", "mail"), CALL));
  }

  @Test
  void workspace_variant_and_application_are_part_of_the_key() {
    assertThat(
            List.of(
                key(ADA, variant("a", "mail"), CALL),
                key(new CallerId(new UUID(0, 2), "ada"), variant("a", "mail"), CALL),
                key(ADA, variant("b", "mail"), CALL),
                key(ADA, variant("a", "news"), CALL)))
        .doesNotHaveDuplicates();
  }

  @Test
  void a_caller_gets_no_answer_that_another_asked_for() {
    assertThat(key(new CallerId(ADA.workspace(), "ben"), variant("a", "mail"), CALL))
        .isNotEqualTo(key(ADA, variant("a", "mail"), CALL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"messages\":[{\"role\":\"user\",\"content\":\"hello!\"}]",
        "\"plumbline_variables\":{\"tone\":\"short\"}",
        "\"logprobs\":true",
        "\"top_logprobs\":3",
        "\"temperature\":0",
        "\"n\":2",
        "\"max_tokens\":2",
        "\"top_k\":4"
      })
  void what_reaches_the_model_is_part_of_the_key(String field) {
    assertThat(key(ADA, variant("a", "mail"), with(field)))
        .isNotEqualTo(key(ADA, variant("a", "mail"), CALL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"user\":\"ada\"",
        "\"stream\":true",
        "\"stream_options\":{\"include_usage\":true}",
        "\"safety_identifier\":\"ada\"",
        "\"model\":\"variant/x\""
      })
  void what_does_not_change_the_answer_is_not(String field) {
    assertThat(key(ADA, variant("a", "mail"), with(field)))
        .isEqualTo(key(ADA, variant("a", "mail"), CALL));
  }

  @Test
  void the_order_of_a_schema_is_part_of_the_key() {
    String format =
        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{%s}}}";

    assertThat(
            key(
                ADA,
                variant("a", "mail"),
                with(format.formatted("\"title\":\"t\",\"type\":\"object\""))))
        .isNotEqualTo(
            key(
                ADA,
                variant("a", "mail"),
                with(format.formatted("\"type\":\"object\",\"title\":\"t\""))));
  }

  @Test
  void answers_expire() {
    Digest key = Digest.ofText("key");
    Completion completion = completion("short");
    cache.put(WORKSPACE, key, completion);
    assertThat(cache.find(WORKSPACE, key)).contains(completion);

    clock.advance(Duration.ofHours(1).plusMillis(1));

    assertThat(cache.find(WORKSPACE, key)).isEmpty();
  }

  @Test
  void very_long_answers_are_not_kept() {
    Digest key = Digest.ofText("key");

    cache.put(WORKSPACE, key, completion("x".repeat(64 * 1024)));

    assertThat(cache.find(WORKSPACE, key)).isEmpty();
  }

  @Test
  void the_answers_of_one_workspace_do_not_push_out_those_of_another() {
    UUID other = new UUID(0, 2);
    cache.put(other, Digest.ofText("key"), completion("short"));

    for (int i = 0; i < 100; i++) {
      cache.put(WORKSPACE, Digest.ofText("key" + i), completion("x".repeat(50_000)));
    }

    assertThat(cache.find(other, Digest.ofText("key"))).isPresent();
    assertThat(
            IntStream.range(0, 100)
                .filter(i -> cache.find(WORKSPACE, Digest.ofText("key" + i)).isPresent())
                .count())
        .isBetween(1L, 3L);
  }

  private static Digest key(CallerId caller, Variant variant, String call) {
    return AnswerCache.keyOf(caller, variant, call(call));
  }

  private static ObjectNode call(String json) {
    return (ObjectNode) JSON.readTree(json);
  }

  private static String with(String field) {
    ObjectNode call = call(CALL);
    call.setAll(call("{" + field + "}"));
    return call.toString();
  }

  private static Variant variant(String digest, String application) {
    return SampleVariants.of(Digest.ofText(digest), application);
  }

  private static Completion completion(String content) {
    return new Completion(
        JSON.createObjectNode().put("content", content), Tokens.of(1, 1), List.of(), 1_000);
  }
}
