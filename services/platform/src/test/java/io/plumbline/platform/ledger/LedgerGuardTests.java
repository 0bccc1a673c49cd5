package io.plumbline.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.platform.ManualClock;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.method.HandlerMethod;

class LedgerGuardTests {

  static class Releases {
    public void approve() {}

    @LedgerExempt
    public void halt() {}
  }

  private final ManualClock clock = new ManualClock();
  private final HeadSigner signer = new HeadSigner();
  private final ReceivedHeads heads = signer.receivedHeads(TestLog.GENUINE);
  private final LedgerGuard guard =
      new LedgerGuard(
          new LedgerLag(
              () -> Duration.ZERO,
              () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos(),
              signer.settings()),
          heads);

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void governed_writes_stop_while_the_ledger_is_too_far_behind(String method) throws Exception {
    assertThat(passes(method, "approve")).isTrue();

    clock.advance(Duration.ofMinutes(16));

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> passes(method, "approve"))
        .withMessageStartingWith("The ledger is 960 s behind this service")
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(CommonProblem.LEDGER_BEHIND))
        .satisfies(problem -> assertThat(problem.retryAfter()).contains(Duration.ofSeconds(10)));
  }

  @Test
  void reads_and_exempt_writes_stay_available() throws Exception {
    clock.advance(Duration.ofMinutes(16));

    assertThat(passes("GET", "approve")).isTrue();
    assertThat(passes("POST", "halt")).isTrue();
  }

  @Test
  void governed_writes_stop_while_the_ledger_contradicts_what_it_signed() throws Exception {
    heads.receive(signer.sign(50));
    heads.receive(signer.after(Duration.ofSeconds(3)).sign(40));

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> passes("POST", "approve"))
        .withMessageStartingWith("The ledger contradicts itself: a head over 40 entries was signed")
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(CommonProblem.LEDGER_BEHIND));
    assertThat(passes("POST", "halt")).isTrue();

    heads.receive(signer.after(Duration.ofSeconds(3)).sign(50));
    assertThat(passes("POST", "approve")).isTrue();
  }

  private boolean passes(String method, String handler) throws Exception {
    return guard.preHandle(
        new MockHttpServletRequest(method, "/api/releases/1"),
        new MockHttpServletResponse(),
        new HandlerMethod(new Releases(), Releases.class.getMethod(handler)));
  }
}
