package io.plumbline.inference.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contracts.Digest;
import io.plumbline.inference.local.LocalModels.Kind;
import io.plumbline.inference.local.LocalModels.LocalModel;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantParameters;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.platform.test.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AnswerCacheTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final UUID WORKSPACE = new UUID(0, 1);
  private static final String CALL =
      """
      {"model":"app/mail","messages":[{"role":"user","content":"hello"}]}
      """;
  private static final Target.Backend LOCAL =
      new Target.Local(new LocalModel("local/choice-minilm", Kind.CHOICE, EncoderModel.MINILM));

  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final AnswerCache cache =
      new AnswerCache(clock, new SimpleMeterRegistry(), Duration.ofHours(1), 10);

  @Test
  void the_same_call_has_the_same_key() {
    assertThat(key(WORKSPACE, target("a", "mail", LOCAL), CALL))
        .isEqualTo(key(WORKSPACE, target("a", "mail", LOCAL), CALL));
  }

  @Test
  void workspace_variant_and_application_are_part_of_the_key() {
    assertThat(
            List.of(
                key(WORKSPACE, target("a", "mail", LOCAL), CALL),
                key(new UUID(0, 2), target("a", "mail", LOCAL), CALL),
                key(WORKSPACE, target("b", "mail", LOCAL), CALL),
                key(WORKSPACE, target("a", "news", LOCAL), CALL)))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"messages\":[{\"role\":\"user\",\"content\":\"hello!\"}]",
        "\"plumbline_variables\":{\"tone\":\"short\"}",
        "\"logprobs\":true",
        "\"top_logprobs\":3"
      })
  void what_reaches_the_model_is_part_of_the_key(String field) {
    assertThat(key(WORKSPACE, target("a", "mail", LOCAL), with(field)))
        .isNotEqualTo(key(WORKSPACE, target("a", "mail", LOCAL), CALL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"user\":\"ada\"",
        "\"stream\":true",
        "\"temperature\":1",
        "\"model\":\"variant/x\""
      })
  void what_does_not_change_the_answer_is_not(String field) {
    assertThat(key(WORKSPACE, target("a", "mail", LOCAL), with(field)))
        .isEqualTo(key(WORKSPACE, target("a", "mail", LOCAL), CALL));
  }

  @Test
  void answers_that_vary_and_bare_models_are_not_cached() {
    Variant random = variant("a", "mail", 0.5);

    assertThat(AnswerCache.key(WORKSPACE, new Target("m", LOCAL, random, null), call(CALL)))
        .isEmpty();
    assertThat(AnswerCache.key(WORKSPACE, new Target("m", LOCAL, null, null), call(CALL)))
        .isEmpty();
  }

  @Test
  void answers_expire() {
    Digest key = Digest.ofText("key");
    Completion completion = completion("short");
    cache.put(key, completion);
    assertThat(cache.find(key)).contains(completion);

    clock.advance(Duration.ofHours(1).plusMillis(1));

    assertThat(cache.find(key)).isEmpty();
  }

  @Test
  void very_long_answers_are_not_kept() {
    Digest key = Digest.ofText("key");

    cache.put(key, completion("x".repeat(64 * 1024)));

    assertThat(cache.find(key)).isEmpty();
  }

  private static Digest key(UUID workspace, Target target, String call) {
    return AnswerCache.key(workspace, target, call(call)).orElseThrow();
  }

  private static ObjectNode call(String json) {
    return (ObjectNode) JSON.readTree(json);
  }

  private static String with(String field) {
    ObjectNode call = call(CALL);
    call.setAll(call("{" + field + "}"));
    return call.toString();
  }

  private static Target target(String variant, String application, Target.Backend backend) {
    return new Target("m", backend, variant(variant, application, null), null);
  }

  private static Variant variant(String digest, String application, @Nullable Double temperature) {
    return new Variant(
        Digest.ofText(digest),
        application,
        "name",
        Digest.ofText("prompt"),
        "m",
        Digest.ofText("model"),
        null,
        null,
        new VariantParameters(temperature, null, null, null, null, null),
        List.of("ada"),
        "ada",
        Instant.EPOCH);
  }

  private static Completion completion(String content) {
    return new Completion(JSON.createObjectNode().put("content", content), 1, 1, List.of(), 1_000);
  }
}
