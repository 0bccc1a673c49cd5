package io.plumbline.inference.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.inference.ManualClock;
import io.plumbline.inference.provider.UpstreamException.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpstreamPoliciesTests {

  private static final int RETRIES = 2;

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final UpstreamPolicies policies =
      new UpstreamPolicies(RETRIES, 2, Duration.ofMillis(1), clock);
  private final Provider provider = provider(UUID.randomUUID());
  private final ProviderModel failing = new ProviderModel(provider, "failing");
  private final ProviderModel healthy = new ProviderModel(provider, "healthy");

  private int attempts;

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

    try (UpstreamPolicies.Place trying = policies.enter(failing)) {
      String answer =
          trying.call(() -> {
            assertThat(statusOf(failing, Kind.FAILED)).isEqualTo(503);
            return "answer";
          });
      assertThat(answer).isEqualTo("answer");
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

  @Test
  void a_fault_of_our_own_does_not_close_a_model() {
    for (int i = 0; i < 2 * UpstreamPolicies.FAILURES; i++) {
      try (UpstreamPolicies.Place place = policies.enter(failing)) {
        assertThatThrownBy(() ->
                place.call(() -> {
                  throw new IllegalStateException("no key decrypts the secret");
                }))
            .isInstanceOf(IllegalStateException.class);
      }
    }

    assertThat(succeed(failing)).isEqualTo("answer");
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
  void a_provider_that_is_created_again_starts_with_an_open_model() {
    close(failing);

    ProviderModel again = new ProviderModel(provider(UUID.randomUUID()), failing.model());

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
    try (UpstreamPolicies.Place place = policies.enter(healthy)) {
      String answer =
          place.call(() -> {
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
    UpstreamPolicies.Place first = policies.enter(healthy);
    UpstreamPolicies.Place second = policies.enter(healthy);

    assertThatThrownBy(() -> policies.enter(healthy))
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
    try (UpstreamPolicies.Place place = policies.enter(model)) {
      return place.call(() -> "answer");
    }
  }

  private int statusOf(ProviderModel model, Kind kind) {
    return failure(model, kind, null).status();
  }

  private UpstreamException failure(ProviderModel model, Kind kind, @Nullable Duration retryAfter) {
    try (UpstreamPolicies.Place place = policies.enter(model)) {
      return catchThrowableOfType(
          UpstreamException.class,
          () ->
              place.call(() -> {
                attempts++;
                throw new UpstreamException(kind, 500, "code", "message", retryAfter);
              }));
    }
  }

  private static Provider provider(UUID id) {
    return new Provider(
        id,
        "acme",
        URI.create("https://api.example.com/v1"),
        null,
        List.of(),
        "ada",
        Instant.EPOCH);
  }
}
