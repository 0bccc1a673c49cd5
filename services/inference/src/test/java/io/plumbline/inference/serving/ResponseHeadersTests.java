package io.plumbline.inference.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.inference.enduser.EndUser;
import io.plumbline.inference.local.LocalModels.Kind;
import io.plumbline.inference.local.LocalModels.LocalModel;
import io.plumbline.inference.serving.ChatCall.CacheUse;
import io.plumbline.inference.serving.CompletionService.Served;
import io.plumbline.inference.trace.RequestContexts.RequestContext;
import io.plumbline.inference.trace.TraceSteps;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.inference.variant.SampleVariants;
import io.plumbline.inference.variant.Variant;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.lifecycle.CpuModel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ResponseHeadersTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Digest DIGEST = Digest.ofText("variant");
  private static final UUID WORKSPACE = new UUID(0, 1);

  private final MockHttpServletResponse response = new MockHttpServletResponse();

  @Test
  void a_completed_answer_says_how_it_was_produced() {
    ChatCall chatCall = call(List.of("tools"), variant());
    Completion completion =
        new Completion(JSON.createObjectNode(), Tokens.of(7, 2), List.of("input", "options"), 0);
    ChatCall.Result result =
        new ChatCall.Result(CacheUse.HIT, "acme/large", Tokens.of(7, 2), Money.usd("0.0000025"));

    ResponseHeaders.setForCompletion(new Served(chatCall, completion, result, null), response);

    assertThat(response.getHeader("x-plumbline-cache")).isEqualTo("hit");
    assertThat(response.getHeader("x-plumbline-cost")).isEqualTo("0.0000025 USD");
    assertThat(response.getHeader("x-plumbline-ignored")).isEqualTo("tools");
    assertThat(response.getHeader("x-plumbline-truncated")).isEqualTo("input,options");
    assertThat(response.getHeader("x-plumbline-variant")).isEqualTo(DIGEST.hex());
    assertThat(response.getHeader("x-plumbline-trace")).isEqualTo("chatcmpl-1");
    assertThat(response.getHeader("x-request-id")).isEqualTo("chatcmpl-1");
    assertThat(response.getHeader("x-plumbline-overhead-ms")).matches("\\d+\\.\\d\\d");
  }

  @Test
  void an_answer_of_a_model_without_a_price_has_no_cost() {
    ChatCall.Result result =
        new ChatCall.Result(CacheUse.MISS, "acme/large", Tokens.of(7, 2), null);

    ResponseHeaders.setForCompletion(
        new Served(
            call(List.of(), variant()),
            new Completion(JSON.createObjectNode(), Tokens.of(7, 2), List.of(), 0),
            result,
            null),
        response);

    assertThat(response.getHeader("x-plumbline-cost")).isNull();
  }

  @Test
  void a_stream_of_a_bare_model_has_neither_variant_nor_cost() {
    ResponseHeaders.setForStream(call(List.of(), null), 0, System.nanoTime(), response);

    assertThat(response.getHeaderNames())
        .containsExactlyInAnyOrder(
            "x-request-id", "x-plumbline-trace", "x-plumbline-cache", "x-plumbline-overhead-ms");
    assertThat(response.getHeader("x-plumbline-cache")).isEqualTo("bypass");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.00",
    "0.004, 0.00",
    "0.006, 0.01",
    "0.05, 0.05",
    "0.994, 0.99",
    "0.996, 1.00",
    "1234.5, 1234.50"
  })
  void times_are_in_hundredths_of_a_millisecond(double millis, String text) {
    assertThat(ResponseHeaders.millisValue(millis)).isEqualTo(text);
  }

  @Test
  void an_answer_says_how_many_messages_the_model_did_not_get() {
    ResponseHeaders.setForStream(call(List.of(), variant()), 3, System.nanoTime(), response);

    assertThat(response.getHeader("x-plumbline-trimmed")).isEqualTo("3");
  }

  @Test
  void an_answer_by_another_model_names_it_printably() {
    ChatCall chatCall = call(List.of(), variant());

    ResponseHeaders.setForStream(
        chatCall.withTarget(chatCall.target().withBackend("acmé/m", chatCall.target().backend())),
        0,
        System.nanoTime(),
        response);

    assertThat(response.getHeader("x-plumbline-fallback")).isEqualTo("acm?/m");
  }

  @Test
  void names_of_ignored_fields_are_printable_and_bounded() {
    List<String> many = IntStream.range(0, 1_000).mapToObj(i -> "fiéld" + i).toList();

    ResponseHeaders.setForStream(call(many, null), 0, System.nanoTime(), response);

    assertThat(response.getHeader("x-plumbline-ignored"))
        .startsWith("fi?ld0,fi?ld1,")
        .endsWith("...")
        .hasSize(1_003);
  }

  @Test
  void the_time_until_a_model_begins_its_stream_is_not_overhead() {
    long now = System.nanoTime();
    long hour = Duration.ofHours(1).toNanos();

    ResponseHeaders.setForStream(
        call(List.of(), null, now - hour - 1_000_000), 0, now - hour, response);

    assertThat(Double.parseDouble(String.valueOf(response.getHeader("x-plumbline-overhead-ms"))))
        .isBetween(0.9, 60_000.0);
  }

  @Test
  void services_alone_learn_on_what_processor_an_answer_was_computed() {
    ResponseHeaders.setForStream(
        call(List.of(), null, System.nanoTime(), Caller.system(WORKSPACE)),
        0,
        System.nanoTime(),
        response);

    assertThat(response.getHeader("x-plumbline-processor")).isEqualTo(CpuModel.name());
  }

  private static ChatCall call(List<String> ignored, @Nullable Variant variant) {
    return call(ignored, variant, System.nanoTime());
  }

  private static ChatCall call(List<String> ignored, @Nullable Variant variant, long started) {
    return call(
        ignored, variant, started, new Caller(WORKSPACE, "ada", "ada", Set.of(Role.VIEWER), false));
  }

  private static ChatCall call(
      List<String> ignored, @Nullable Variant variant, long started, Caller caller) {
    ObjectNode body = JSON.createObjectNode();
    Target target =
        new Target(
            "local/choice-minilm",
            new Target.Local(
                new LocalModel("local/choice-minilm", Kind.CHOICE, EncoderModel.MINILM)),
            List.of(),
            false,
            variant,
            null);
    return new ChatCall(
        new RequestContext(
            new UUID(0, 2), null, Instant.EPOCH, started, new TraceSteps(started), false, false),
        "chatcmpl-1",
        caller,
        EndUser.UNKNOWN,
        new ChatRequest(body, "m", false, false),
        target,
        ignored,
        false,
        false,
        false);
  }

  private static Variant variant() {
    return SampleVariants.of(DIGEST, "mail");
  }
}
