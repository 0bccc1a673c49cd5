package io.plumbline.inference.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.inference.provider.UpstreamException.Kind;
import io.plumbline.inference.provider.protocol.Protocol;
import io.plumbline.platform.test.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class UpstreamPoliciesTests {

  private static final int RETRIES = 2;
  private static final Duration SLOW = Duration.ofSeconds(30);
  private static final Duration USUAL = Duration.ofMillis(500);
  private static final ProviderSettings SETTINGS =
      new ProviderSettings(
          List.of(),
          List.of(),
          List.of(),
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          RETRIES,
          2,
          10,
          "",
          null);

  private int attempts;
  private int clientGoneAfter = Integer.MAX_VALUE;

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final UpstreamPolicies policies =
      new UpstreamPolicies(SETTINGS, Duration.ofMillis(1), clock, () -> attempts < clientGoneAfter);
  private final Connection connection = connection("https://api.example.com/v1");
  private final ProviderModel failing = new ProviderModel(connection, "failing");
  private final ProviderModel healthy = new ProviderModel(connection, "healthy");

  @Test
  void failures_in_a_row_close_one_model_and_no_other() {
    for (int i = 0; i < UpstreamPolicies.FAILURES; i++) {
      assertThat(statusOf(failing, Kind.FAILED)).isEqualTo(500);
    }

    UpstreamException refused = failure(failing, Kind.FAILED, null);

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.code()).isEqualTo("provider_unavailable");
    assertThat(refused.retryAfter()).isEqualTo(UpstreamPolicies.OPEN);
    assertThat(attempts).isEqualTo(UpstreamPolicies.FAILURES);
    assertThat(succeed(healthy)).isEqualTo("answer");
  }

  @Test
  void two_failed_calls_do_not_close_a_model() {
    statusOf(failing, Kind.FAILED);
    statusOf(failing, Kind.FAILED);

    assertThat(succeed(failing)).isEqualTo("answer");
  }

  @Test
  void after_the_pause_one_call_is_tried_and_its_success_reopens_the_model() {
    close(failing);
    clock.advance(UpstreamPolicies.OPEN.plusMillis(1));

    try (UpstreamPolicies.CallPermit trying = policies.admit(failing)) {
      String answer =
          trying.call(() -> {
            assertThat(statusOf(failing, Kind.FAILED)).isEqualTo(503);
            return "answer";
          });
      assertThat(answer).isEqualTo("answer");
      trying.reportSuccess();
    }
    assertThat(succeed(failing)).isEqualTo("answer");
  }

  @Test
  void after_the_pause_one_more_failure_closes_the_model_again() {
    close(failing);
    clock.advance(UpstreamPolicies.OPEN.plusMillis(1));

    assertThat(statusOf(failing, Kind.FAILED)).isEqualTo(500);
    assertThat(statusOf(failing, Kind.FAILED)).isEqualTo(503);
  }

  @Test
  void a_success_in_between_keeps_a_model_open() {
    for (int i = 0; i < 3 * UpstreamPolicies.FAILURES; i++) {
      assertThat(statusOf(failing, Kind.FAILED)).isEqualTo(500);
      succeed(failing);
    }
  }

  /** Lets a model answer in its usual time for a while. */
  private void answersUsually(Duration usual, int tokens) {
    for (int i = 0; i < 2 * UpstreamPolicies.AnswerTimes.MIN_TIMES; i++) {
      succeedAfter(usual, tokens);
      clock.advance(UpstreamPolicies.OPEN);
    }
  }

  @Test
  void answers_of_half_a_minute_in_a_row_close_a_model_of_half_a_second() {
    answersUsually(USUAL, 0);
    for (int i = 0; i < UpstreamPolicies.FAILURES; i++) {
      assertThat(succeedAfter(SLOW, 0)).isEqualTo("answer");
    }

    UpstreamException refused = failure(failing, Kind.FAILED, null);

    assertThat(refused.code()).isEqualTo("provider_unavailable");
    assertThat(refused).hasMessageContaining("failed or was too slow 5 times in a row");
    assertThat(succeed(healthy)).isEqualTo("answer");
  }

  @Test
  void many_slow_answers_at_once_do_not_become_usual() {
    answersUsually(USUAL, 0);
    List<UpstreamPolicies.CallPermit> underWay =
        Stream.generate(() -> policies.admit(failing)).limit(2).toList();
    underWay.forEach(each -> each.call(() -> "answer"));
    clock.advance(SLOW);
    underWay.forEach(each -> each.reportSuccess(0));
    underWay.forEach(UpstreamPolicies.CallPermit::close);
    for (int i = 2; i < UpstreamPolicies.FAILURES; i++) {
      succeedAfter(SLOW, 0);
    }

    assertThat(failure(failing, Kind.FAILED, null).code()).isEqualTo("provider_unavailable");
  }

  @Test
  void a_model_that_thinks_for_five_minutes_is_not_slow() {
    for (int i = 0; i < 3 * UpstreamPolicies.FAILURES; i++) {
      assertThat(succeedAfter(Duration.ofMinutes(5), 9_000)).isEqualTo("answer");
    }
  }

  @Test
  void the_first_answers_of_a_model_are_not_slow() {
    for (int i = 0; i < UpstreamPolicies.AnswerTimes.MIN_TIMES; i++) {
      assertThat(succeedAfter(SLOW, 0)).isEqualTo("answer");
    }

    assertThat(succeed(failing)).isEqualTo("answer");
  }

  @Test
  void answers_with_more_tokens_may_take_longer() {
    answersUsually(USUAL, 10);
    for (int i = 0; i < 2 * UpstreamPolicies.FAILURES; i++) {
      assertThat(succeedAfter(SLOW, 1_000)).isEqualTo("answer");
    }
  }

  @Test
  void a_stream_begins_as_soon_as_others_and_not_as_soon_as_whole_answers_end() {
    answersUsually(Duration.ofMinutes(1), 0);
    for (int i = 0; i < 2 * UpstreamPolicies.AnswerTimes.MIN_TIMES; i++) {
      beginsAfter(USUAL);
      clock.advance(UpstreamPolicies.OPEN);
    }
    for (int i = 0; i < UpstreamPolicies.FAILURES; i++) {
      beginsAfter(SLOW);
    }

    assertThat(failure(failing, Kind.FAILED, null).code()).isEqualTo("provider_unavailable");
  }

  @Test
  void a_model_that_has_become_slow_for_good_is_called_again() {
    answersUsually(USUAL, 0);
    int refused = 0;
    for (int i = 0; i < 40; i++) {
      try {
        succeedAfter(SLOW, 0);
      } catch (UpstreamException e) {
        refused++;
        clock.advance(UpstreamPolicies.OPEN.plusMillis(1));
      }
    }
    assertThat(refused).isPositive();
    for (int i = 0; i < 2 * UpstreamPolicies.FAILURES; i++) {
      assertThat(succeedAfter(SLOW, 0)).isEqualTo("answer");
    }
  }

  @Test
  void an_answer_in_time_among_slow_ones_keeps_a_model_open() {
    answersUsually(USUAL, 0);
    for (int i = 0; i < 2 * UpstreamPolicies.FAILURES; i++) {
      succeedAfter(SLOW, 0);
      assertThat(succeedAfter(USUAL, 0)).isEqualTo("answer");
    }
  }

  @Test
  void the_wait_before_a_retry_does_not_make_an_answer_slow() {
    answersUsually(USUAL, 0);
    for (int i = 0; i < 2 * UpstreamPolicies.FAILURES; i++) {
      try (UpstreamPolicies.CallPermit callPermit = policies.admit(failing)) {
        AtomicInteger attempt = new AtomicInteger();
        callPermit.call(() -> {
          if (attempt.incrementAndGet() == 1) {
            clock.advance(SLOW.plusMillis(1));
            throw new UpstreamException(Kind.UNAVAILABLE, 503, "code", "message");
          }
          return "answer";
        });
        callPermit.reportSuccess(0);
      }
    }

    assertThat(succeed(failing)).isEqualTo("answer");
  }

  @Test
  void the_rest_of_a_stream_does_not_make_its_answer_slow() {
    for (int i = 0; i < 2 * UpstreamPolicies.FAILURES; i++) {
      try (UpstreamPolicies.CallPermit callPermit = policies.admit(failing)) {
        callPermit.call(() -> "the start of an answer");
        callPermit.reportSuccess();
        clock.advance(SLOW.plusMillis(1));
        callPermit.reportSuccess();
      }
    }

    assertThat(succeed(failing)).isEqualTo("answer");
  }

  @Test
  void a_fault_of_our_own_does_not_close_a_model() {
    for (int i = 0; i < 2 * UpstreamPolicies.FAILURES; i++) {
      try (UpstreamPolicies.CallPermit callPermit = policies.admit(failing)) {
        assertThatThrownBy(() ->
                callPermit.call(() -> {
                  throw new IllegalStateException("no key decrypts the secret");
                }))
            .isInstanceOf(IllegalStateException.class);
      }
    }

    assertThat(succeed(failing)).isEqualTo("answer");
  }

  @Test
  void nothing_is_sent_again_for_a_client_that_has_gone() {
    clientGoneAfter = 1;

    assertThat(statusOf(failing, Kind.UNREACHABLE)).isEqualTo(500);

    assertThat(attempts).isEqualTo(1);
  }

  @Test
  void nothing_is_sent_again_for_a_client_that_goes_while_the_next_attempt_is_waited_for() {
    AtomicInteger asked = new AtomicInteger();
    UpstreamPolicies waiting =
        new UpstreamPolicies(
            SETTINGS, Duration.ofMillis(1), clock, () -> asked.incrementAndGet() == 1);

    try (UpstreamPolicies.CallPermit callPermit = waiting.admit(failing)) {
      assertThatThrownBy(() ->
              callPermit.call(() -> {
                attempts++;
                throw new UpstreamException(Kind.UNAVAILABLE, 503, "test", "test");
              }))
          .isInstanceOf(UpstreamException.class);
    }

    assertThat(attempts).isEqualTo(1);
  }

  @Test
  void a_request_is_sent_once_for_a_client_that_wants_so() {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader("x-plumbline-retries", "0");
    RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
    try (UpstreamPolicies.CallPermit callPermit =
        new UpstreamPolicies(SETTINGS, clock).admit(failing)) {
      assertThatThrownBy(() ->
              callPermit.call(() -> {
                attempts++;
                throw new UpstreamException(Kind.RATE_LIMITED, 429, "test", "test");
              }))
          .isInstanceOf(UpstreamException.class);
    } finally {
      RequestContextHolder.resetRequestAttributes();
    }

    assertThat(attempts).isEqualTo(1);
  }

  @Test
  void a_failure_counts_though_the_client_has_gone() {
    clientGoneAfter = 0;
    for (int i = 0; i < UpstreamPolicies.FAILURES; i++) {
      statusOf(failing, Kind.UNREACHABLE);
    }

    assertThat(statusOf(failing, Kind.UNREACHABLE)).isEqualTo(503);
  }

  @Test
  void a_call_counts_once_however_often_it_is_retried() {
    for (int i = 0; i < UpstreamPolicies.FAILURES; i++) {
      assertThat(statusOf(failing, Kind.UNREACHABLE)).isEqualTo(500);
    }

    assertThat(attempts).isEqualTo(UpstreamPolicies.FAILURES * (1 + RETRIES));
    assertThat(statusOf(failing, Kind.UNREACHABLE)).isEqualTo(503);
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "RATE_LIMITED"})
  void refusals_and_rate_limits_do_not_close_a_model(Kind kind) {
    for (int i = 0; i < 3 * UpstreamPolicies.FAILURES; i++) {
      assertThat(statusOf(failing, kind)).isEqualTo(500);
    }
  }

  @Test
  void answers_that_turn_out_to_be_none_close_a_model() {
    for (int i = 0; i < UpstreamPolicies.FAILURES; i++) {
      try (UpstreamPolicies.CallPermit callPermit = policies.admit(failing)) {
        callPermit.call(() -> "the start of an answer");
        callPermit.reportFailure();
      }
    }

    assertThat(failure(failing, Kind.FAILED, null).code()).isEqualTo("provider_unavailable");
  }

  @Test
  void calls_that_nobody_waits_for_say_nothing_about_a_model() {
    close(failing);
    clock.advance(UpstreamPolicies.OPEN.plusMillis(1));
    try (UpstreamPolicies.CallPermit abandoned = policies.admit(failing)) {
      abandoned.call(() -> "the start of an answer");
    }

    assertThat(succeed(failing)).isEqualTo("answer");
  }

  @Test
  void another_connection_of_the_provider_starts_with_an_open_model() {
    close(failing);

    ProviderModel again =
        new ProviderModel(connection("https://other.example.com/v1"), failing.model());

    assertThat(succeed(again)).isEqualTo("answer");
  }

  @ParameterizedTest
  @EnumSource(names = {"UNREACHABLE", "UNAVAILABLE", "RATE_LIMITED"})
  void a_request_that_was_not_processed_is_sent_again(Kind kind) {
    statusOf(failing, kind);

    assertThat(attempts).isEqualTo(1 + RETRIES);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "REFUSED"})
  void a_request_that_may_have_been_processed_is_not_sent_again(Kind kind) {
    statusOf(failing, kind);

    assertThat(attempts).isEqualTo(1);
  }

  @Test
  void a_wait_that_is_too_long_is_left_to_the_caller() {
    Duration wait = Duration.ofSeconds(3);

    assertThat(failure(failing, Kind.RATE_LIMITED, wait).retryAfter()).isEqualTo(wait);
    assertThat(attempts).isEqualTo(1);
  }

  @Test
  void a_retry_waits_as_long_as_the_provider_requests() {
    long start = System.nanoTime();
    try (UpstreamPolicies.CallPermit callPermit = policies.admit(healthy)) {
      String answer =
          callPermit.call(() -> {
            if (attempts++ == 0) {
              throw new UpstreamException(
                  Kind.UNAVAILABLE, 503, "code", "message", Duration.ofMillis(120));
            }
            return "answer";
          });
      assertThat(answer).isEqualTo("answer");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(119));
  }

  @Test
  void calls_in_progress_are_bounded_per_model() {
    UpstreamPolicies.CallPermit first = policies.admit(healthy);
    UpstreamPolicies.CallPermit second = policies.admit(healthy);

    assertThatThrownBy(() -> policies.admit(healthy))
        .isInstanceOfSatisfying(
            UpstreamException.class,
            busy -> {
              assertThat(busy.status()).isEqualTo(503);
              assertThat(busy.code()).isEqualTo("provider_busy");
            });
    assertThat(succeed(failing)).isEqualTo("answer");
    first.close();
    assertThat(succeed(healthy)).isEqualTo("answer");
    second.close();
  }

  private void close(ProviderModel model) {
    for (int i = 0; i < UpstreamPolicies.FAILURES; i++) {
      statusOf(model, Kind.FAILED);
    }
  }

  private String succeed(ProviderModel model) {
    try (UpstreamPolicies.CallPermit callPermit = policies.admit(model)) {
      String answer = callPermit.call(() -> "answer");
      callPermit.reportSuccess();
      return answer;
    }
  }

  private String succeedAfter(Duration taken, int tokens) {
    try (UpstreamPolicies.CallPermit callPermit = policies.admit(failing)) {
      String answer = callPermit.call(() -> "answer");
      clock.advance(taken);
      callPermit.reportSuccess(tokens);
      return answer;
    }
  }

  private void beginsAfter(Duration taken) {
    try (UpstreamPolicies.CallPermit callPermit = policies.admit(failing)) {
      callPermit.call(() -> "the start of an answer");
      clock.advance(taken);
      callPermit.reportSuccess();
    }
  }

  private int statusOf(ProviderModel model, Kind kind) {
    return failure(model, kind, null).status();
  }

  private UpstreamException failure(ProviderModel model, Kind kind, @Nullable Duration retryAfter) {
    try (UpstreamPolicies.CallPermit callPermit = policies.admit(model)) {
      return catchThrowableOfType(
          UpstreamException.class,
          () ->
              callPermit.call(() -> {
                attempts++;
                throw new UpstreamException(kind, 500, "code", "message", retryAfter);
              }));
    }
  }

  private static Connection connection(String url) {
    Endpoint endpoint =
        new Endpoint(Protocol.OPENAI, URI.create(url), null, Duration.ofSeconds(10));
    return new Connection(new UUID(0, 1), endpoint.digest("acme"), "acme", endpoint, null);
  }
}
