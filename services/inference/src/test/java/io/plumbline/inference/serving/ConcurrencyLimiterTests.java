package io.plumbline.inference.serving;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.inference.serving.protocol.OpenAiError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConcurrencyLimiterTests {

  private static final UUID ACME = new UUID(0, 1);
  private static final UUID GLOBEX = new UUID(0, 2);
  private static final UUID INITECH = new UUID(0, 3);

  private final ConcurrencyLimiter concurrencyLimiter = new ConcurrencyLimiter(12);

  @Test
  void a_workspace_whose_calls_do_not_end_leaves_half_of_the_places() {
    assertThat(fill(ACME)).hasSize(6);

    assertThat(fill(GLOBEX)).isNotEmpty();
  }

  @Test
  void however_many_fill_theirs_there_is_a_place_for_one_that_comes_later() {
    fill(ACME);
    fill(GLOBEX);

    assertThat(fill(INITECH)).isNotEmpty();
  }

  @Test
  void the_one_with_its_share_is_refused_and_nobody_else() {
    fill(ACME);

    OpenAiError refusal = refused(ACME, 1);

    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(refusal).hasMessageContaining("Your workspace has 6 calls in progress");
    concurrencyLimiter.acquire(GLOBEX).close();
  }

  @Test
  void without_a_free_place_everybody_is_refused() {
    ConcurrencyLimiter small = new ConcurrencyLimiter(1);
    small.acquire(ACME);

    assertThat(
            requireNonNull(catchThrowableOfType(OpenAiError.class, () -> small.acquire(GLOBEX)))
                .status())
        .isEqualTo(503);
  }

  @Test
  void a_place_that_is_left_can_be_taken_again_by_its_workspace_and_by_others() {
    fill(ACME).forEach(ConcurrencyLimiter.Permit::close);

    fill(ACME).forEach(ConcurrencyLimiter.Permit::close);
    assertThat(fill(GLOBEX)).hasSize(6);
  }

  @Test
  void a_place_is_returned_once_however_often_it_is_closed() {
    ConcurrencyLimiter.Permit permit = concurrencyLimiter.acquire(ACME);
    fill(ACME);
    permit.close();
    permit.close();

    assertThat(fill(ACME)).hasSize(1);
  }

  @Test
  void a_large_call_takes_several_places_and_the_largest_a_quarter() {
    concurrencyLimiter.acquire(ACME, 1_000);
    concurrencyLimiter.acquire(ACME, 1_000);

    assertThat(refused(ACME, 1).status()).isEqualTo(429);
  }

  private OpenAiError refused(UUID workspace, int places) {
    return requireNonNull(
        catchThrowableOfType(
            OpenAiError.class, () -> concurrencyLimiter.acquire(workspace, places)));
  }

  /** Admits calls until one is refused, and returns their places. */
  private List<ConcurrencyLimiter.Permit> fill(UUID workspace) {
    List<ConcurrencyLimiter.Permit> places = new ArrayList<>();
    while (true) {
      try {
        places.add(concurrencyLimiter.acquire(workspace));
      } catch (OpenAiError refused) {
        return places;
      }
    }
  }
}
