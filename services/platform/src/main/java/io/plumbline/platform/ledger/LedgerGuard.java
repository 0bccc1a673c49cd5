package io.plumbline.platform.ledger;

import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Set;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses governed writes while the ledger is too far behind, and while it contradicts what it
 * signed, because what would be recorded now might be lost with it.
 */
final class LedgerGuard implements HandlerInterceptor {

  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

  private final LedgerLag lag;

  private final ReceivedHeads heads;

  LedgerGuard(LedgerLag lag, ReceivedHeads heads) {
    this.lag = lag;
    this.heads = heads;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    boolean governed =
        WRITES.contains(request.getMethod())
            && handler instanceof HandlerMethod method
            && !method.hasMethodAnnotation(LedgerExempt.class);
    if (governed) {
      heads.contradiction().ifPresent(LedgerGuard::refuseContradiction);
    }
    if (governed && lag.exceedsMaximum()) {
      throw new Problem(
              CommonProblem.LEDGER_BEHIND,
              "The ledger is "
                  + lag.current().toSeconds()
                  + " s behind this service, so no change is accepted that it may fail to record."
                  + " Try again when it has caught up.")
          .retryAfter(Duration.ofSeconds(10));
    }
    return true;
  }

  private static void refuseContradiction(String contradiction) {
    throw new Problem(
            CommonProblem.LEDGER_BEHIND,
            "The ledger contradicts itself: "
                + contradiction
                + ". No change is accepted until it again contains what it signed. Inform the"
                + " operator.")
        .retryAfter(Duration.ofMinutes(1));
  }
}
