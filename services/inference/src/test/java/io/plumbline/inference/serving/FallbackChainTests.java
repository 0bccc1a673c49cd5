package io.plumbline.inference.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.context.ContextFitResult;
import io.plumbline.inference.enduser.EndUser;
import io.plumbline.inference.provider.Connection;
import io.plumbline.inference.provider.Endpoint;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.provider.UpstreamException;
import io.plumbline.inference.provider.UpstreamFailures;
import io.plumbline.inference.provider.protocol.Protocol;
import io.plumbline.inference.serving.FallbackChain.Answered;
import io.plumbline.inference.trace.RequestContexts.RequestContext;
import io.plumbline.inference.trace.TraceSteps;
import io.plumbline.inference.variant.InvalidCall;
import io.plumbline.platform.identity.Caller;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FallbackChainTests {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final UpstreamException down = UpstreamFailures.elsewhere().getFirst();
  private final List<String> asked = new ArrayList<>();
  private final List<Duration> limits = new ArrayList<>();
  private final Map<String, RuntimeException> unfit = new HashMap<>();
  private boolean wanted = true;
  private long nanos;
  private final FallbackChain chain = new FallbackChain(() -> wanted, () -> nanos);

  @Test
  void the_first_model_that_answers_is_the_only_one_asked() {
    Answered<String> answered = ask(call(3), name -> name);

    assertThat(answered.answer()).isEqualTo("acme/m0");
    assertThat(asked).containsExactly("acme/m0");
    assertThat(answered.call().target().substitute()).isFalse();
  }

  @Test
  void each_failure_that_says_nothing_about_the_request_leads_to_the_next_model() {
    for (UpstreamException failure : UpstreamFailures.elsewhere()) {
      asked.clear();
      Answered<String> answered = ask(call(2), failing(Map.of("acme/m0", failure)));

      assertThat(asked).as(failure.getMessage()).containsExactly("acme/m0", "acme/m1");
      assertThat(answered.answer()).isEqualTo("acme/m1");
      assertThat(answered.call().target().name()).isEqualTo("acme/m1");
      assertThat(answered.call().target().substitute()).isTrue();
    }
  }

  @Test
  void a_failure_that_may_be_the_requests_ends_the_call() {
    List<RuntimeException> failures = new ArrayList<>(UpstreamFailures.ofTheRequest());
    failures.add(new IllegalStateException("a defect"));
    for (RuntimeException failure : failures) {
      asked.clear();
      assertThatThrownBy(() -> ask(call(2), failing(Map.of("acme/m0", failure)))).isSameAs(failure);

      assertThat(asked).containsExactly("acme/m0");
    }
  }

  @Test
  void the_failure_of_the_last_model_is_the_calls() {
    UpstreamException last = UpstreamFailures.elsewhere().getLast();

    assertThatThrownBy(
            () -> ask(call(2), failing(Map.of("acme/m0", down, "acme/m1", down, "acme/m2", last))))
        .isSameAs(last);
    assertThat(asked).containsExactly("acme/m0", "acme/m1", "acme/m2");
  }

  @Test
  void nobody_is_asked_for_a_caller_that_left() {
    wanted = false;

    assertThatThrownBy(() -> ask(call(2), failing(Map.of("acme/m0", down)))).isSameAs(down);
    assertThat(asked).containsExactly("acme/m0");
  }

  @Test
  void the_longest_deadline_bounds_the_whole_and_each_model_has_what_is_left() {
    ChatCall chatCall = call(Duration.ofSeconds(10), MINUTE, Duration.ofSeconds(20));

    assertThatThrownBy(() ->
            ask(
                chatCall,
                name -> {
                  nanos += Duration.ofSeconds(25).toNanos();
                  throw down;
                }))
        .isSameAs(down);

    assertThat(limits).containsExactly(MINUTE, Duration.ofSeconds(35), Duration.ofSeconds(10));
  }

  @Test
  void a_model_for_which_no_time_is_left_is_not_asked() {
    assertThatThrownBy(() ->
            ask(
                call(2),
                name -> {
                  nanos += MINUTE.toNanos();
                  throw down;
                }))
        .isSameAs(down);
    assertThat(asked).containsExactly("acme/m0");
  }

  @Test
  void a_model_that_is_gone_is_passed_over() {
    Target target = target(MINUTE, MINUTE);
    ChatCall chatCall =
        call(
            new Target(
                target.name(),
                target.backend(),
                List.of(new Target.Fallback("gone/m", null), target.fallback().getFirst()),
                false,
                null,
                null));

    assertThat(ask(chatCall, failing(Map.of("acme/m0", down))).answer()).isEqualTo("acme/m1");
    assertThat(details(chatCall))
        .containsExactly(
            Map.of("model", "acme/m0", "error", down.code()),
            Map.of("model", "gone/m", "error", "model_not_found"));
  }

  @Test
  void what_is_too_long_for_the_variants_own_model_is_the_callers_and_no_other_is_asked() {
    RuntimeException tooLong = tooLong();
    unfit.put("acme/m0", tooLong);
    ChatCall chatCall = call(2);

    assertThatThrownBy(() -> ask(chatCall, name -> name)).isSameAs(tooLong);
    assertThat(asked).isEmpty();
    assertThat(details(chatCall)).isEmpty();
  }

  @Test
  void a_model_of_the_fallback_that_reads_less_is_passed_over() {
    unfit.put("acme/m1", tooLong());
    ChatCall chatCall = call(2);

    Answered<String> answered = ask(chatCall, failing(Map.of("acme/m0", down)));

    assertThat(answered.answer()).isEqualTo("acme/m2");
    assertThat(asked).containsExactly("acme/m0", "acme/m2");
    assertThat(details(chatCall))
        .containsExactly(
            Map.of("model", "acme/m0", "error", down.code()),
            Map.of("model", "acme/m1", "error", Protocol.TOO_LONG));
  }

  @Test
  void where_all_others_read_less_the_caller_learns_of_the_failure_before() {
    unfit.put("acme/m1", tooLong());

    assertThatThrownBy(() -> ask(call(1), failing(Map.of("acme/m0", down)))).isSameAs(down);
  }

  @Test
  void a_model_of_the_fallback_that_says_itself_that_it_reads_less_is_passed_over() {
    RuntimeException tooLong = UpstreamFailures.refusal(Protocol.TOO_LONG);
    Map<String, RuntimeException> failures = Map.of("acme/m0", down, "acme/m1", tooLong);

    assertThat(ask(call(2), failing(failures)).answer()).isEqualTo("acme/m2");
    assertThatThrownBy(() -> ask(call(1), failing(failures))).isSameAs(down);
    assertThatThrownBy(() -> ask(call(1), failing(Map.of("acme/m0", tooLong)))).isSameAs(tooLong);
  }

  @Test
  void a_model_of_the_fallback_that_its_provider_does_not_have_is_passed_over() {
    RuntimeException missing = UpstreamFailures.noSuchModel();
    Map<String, RuntimeException> failures = Map.of("acme/m0", down, "acme/m1", missing);

    assertThat(ask(call(2), failing(failures)).answer()).isEqualTo("acme/m2");
    assertThatThrownBy(() -> ask(call(1), failing(failures))).isSameAs(down);
    assertThatThrownBy(() -> ask(call(1), failing(Map.of("acme/m0", missing)))).isSameAs(missing);
  }

  @Test
  void each_attempt_is_a_step_that_names_its_model_and_why_it_failed() {
    ChatCall chatCall = call(1);
    Answered<String> answered = ask(chatCall, failing(Map.of("acme/m0", down)));
    answered.recordAnswer();

    assertThat(details(chatCall))
        .containsExactly(
            Map.of("model", "acme/m0", "error", down.code()), Map.of("model", "acme/m1"));
  }

  @Test
  void the_step_of_an_only_model_says_nothing_that_the_trace_does_not() {
    ChatCall chatCall = call(0);
    ask(chatCall, name -> name).recordAnswer();

    assertThat(details(chatCall)).containsExactly(Map.of());
  }

  /** Tries random failures: models are called in order, none twice, and one answer is given. */
  @Test
  void at_most_one_model_answers_a_call() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      asked.clear();
      int models = 1 + random.nextInt(4);
      Map<String, RuntimeException> failures = failures(random, models);
      int last = 0;
      while (last < models - 1
          && failures.get("acme/m" + last) instanceof UpstreamException upstream
          && upstream.isRetryableElsewhere()) {
        last++;
      }
      RuntimeException expected = failures.get("acme/m" + last);
      ChatCall chatCall = call(models - 1);

      if (expected == null) {
        assertThat(ask(chatCall, failing(failures)).answer()).isEqualTo("acme/m" + last);
      } else {
        assertThatThrownBy(() -> ask(chatCall, failing(failures))).isSameAs(expected);
      }

      assertThat(asked)
          .containsExactlyElementsOf(
              IntStream.rangeClosed(0, last).mapToObj(model -> "acme/m" + model).toList());
      assertThat(details(chatCall)).hasSize(expected == null ? last : last + 1);
    }
  }

  /** Returns failures of some models, most of which let the next model be called. */
  private static Map<String, RuntimeException> failures(Random random, int models) {
    Map<String, RuntimeException> failures = new HashMap<>();
    for (int model = 0; model < models; model++) {
      int kind = random.nextInt(4);
      List<UpstreamException> of =
          kind == 1 ? UpstreamFailures.ofTheRequest() : UpstreamFailures.elsewhere();
      if (kind > 0) {
        failures.put("acme/m" + model, of.get(random.nextInt(of.size())));
      }
    }
    return failures;
  }

  private interface Behaviour {
    String answer(String name);
  }

  private static Behaviour failing(Map<String, RuntimeException> failures) {
    return name -> {
      RuntimeException failure = failures.get(name);
      if (failure != null) {
        throw failure;
      }
      return name;
    };
  }

  private Answered<String> ask(ChatCall chatCall, Behaviour models) {
    return chain.ask(
        chatCall,
        this::request,
        (target, request, limit) -> {
          asked.add(target.name());
          assertThat(request.path("model").asString()).isEqualTo(target.name());
          limits.add(limit);
          return models.answer(target.name());
        });
  }

  private ContextFitResult.Fits request(Target target) {
    RuntimeException tooLong = unfit.get(target.name());
    if (tooLong != null) {
      throw tooLong;
    }
    return ContextFitResult.Fits.unchanged(
        JsonMapper.shared().createObjectNode().put("model", target.name()));
  }

  /** Returns a fallback's refusal of a call that the variant's own model would have read. */
  private static RuntimeException tooLong() {
    return new InvalidCall(Protocol.TOO_LONG, "messages", "Too long.");
  }

  private static List<Map<String, String>> details(ChatCall chatCall) {
    return chatCall.steps().recordedSteps().stream().map(TraceSteps.Step::details).toList();
  }

  private static ChatCall call(int fallbacks) {
    return call(IntStream.rangeClosed(0, fallbacks).mapToObj(i -> MINUTE).toArray(Duration[]::new));
  }

  private static ChatCall call(Duration... deadlines) {
    return call(target(deadlines));
  }

  private static ChatCall call(Target target) {
    long now = System.nanoTime();
    return new ChatCall(
        new RequestContext(
            new UUID(0, 2), null, Instant.EPOCH, now, new TraceSteps(now), false, false),
        "chatcmpl-1",
        Caller.system(new UUID(0, 1)),
        EndUser.UNKNOWN,
        new ChatRequest(JsonMapper.shared().createObjectNode(), "variant/x", false, false),
        target,
        List.of(),
        false,
        false,
        false);
  }

  private static Target target(Duration... deadlines) {
    List<Target.Fallback> models = new ArrayList<>();
    for (int i = 0; i < deadlines.length; i++) {
      Endpoint endpoint =
          new Endpoint("openai-compatible", URI.create("https://acme.test/v1"), null, deadlines[i]);
      Connection connection =
          new Connection(new UUID(0, 1), Digest.ofText("acme"), "acme", endpoint, null);
      models.add(
          new Target.Fallback(
              "acme/m" + i, new Target.External(new ProviderModel(connection, "m" + i))));
    }
    Target.Backend first = Objects.requireNonNull(models.getFirst().backend());
    return new Target("acme/m0", first, models.subList(1, models.size()), false, null, null);
  }
}
