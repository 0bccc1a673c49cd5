package io.plumbline.platform.security;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.observability.Metrics;
import io.plumbline.platform.observability.RefusalLog;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.signature.CallStatement;
import io.plumbline.platform.signature.InvalidStatement;
import io.plumbline.platform.signature.VerificationKeys;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import org.slf4j.LoggerFactory;
import org.springframework.web.method.HandlerMethod;

/**
 * Decides which calls of other services are let in. A service needs its token, a statement that it
 * signed for this very call, and a handler that names it. What is refused is counted and logged.
 */
final class ServiceCallCheck {

  private static final String TOPIC = "calls of services";

  private final RefusalLog log = new RefusalLog(LoggerFactory.getLogger(ServiceCallCheck.class));
  private final String self;
  private final VerificationKeys keys;
  private final InstantSource clock;
  private final Counter wrongStatements;
  private final Counter wrongRoutes;

  /**
   * @param self the name of this service, for which the statements must be made
   */
  ServiceCallCheck(String self, VerificationKeys keys, InstantSource clock, MeterRegistry meters) {
    this.self = self;
    this.keys = keys;
    this.clock = clock;
    this.wrongStatements = Metrics.SERVICES_REFUSED.counter(meters, "reason", "statement");
    this.wrongRoutes = Metrics.SERVICES_REFUSED.counter(meters, "reason", "route");
  }

  /**
   * Returns the caller of a request: the service, in the workspace and recorded under the person
   * that its statement names.
   *
   * @param service the service that the token of the request belongs to
   * @throws Problem if the request has no valid statement
   */
  Caller accept(Caller service, HttpServletRequest request) {
    CallStatement.Call call =
        new CallStatement.Call(
            service.name(),
            self,
            request.getMethod(),
            CallStatement.Call.path(request.getRequestURI(), request.getQueryString()));
    try {
      CallStatement stated =
          keys.verify(call, request.getHeader(CallStatement.HEADER), clock.instant());
      return new Caller(
          stated.workspace(),
          Objects.requireNonNullElse(stated.person(), service.actor()),
          service.name(),
          service.roles(),
          true);
    } catch (InvalidStatement invalid) {
      wrongStatements.increment();
      log.logRefusal(TOPIC, () -> "A call of " + service.name() + ": " + invalid.getMessage());
      throw new Problem(
          CommonProblem.SERVICE_NOT_ALLOWED,
          invalid.getMessage()
              + ". A service signs a statement for each call, with the key of its events.");
    }
  }

  /**
   * Requires that a handler names the calling service.
   *
   * @throws Problem if it does not
   */
  void requireNamed(Caller service, HandlerMethod handler) {
    CallingServices named = handler.getMethodAnnotation(CallingServices.class);
    if (named == null || !Arrays.asList(named.value()).contains(service.name())) {
      wrongRoutes.increment();
      String method = handler.getMethod().getName();
      log.logRefusal(
          TOPIC, () -> "A call of " + service.name() + " to " + method + ", which it never makes");
      throw new Problem(
          CommonProblem.SERVICE_NOT_ALLOWED,
          "The service %s does not call this route. Sign in as a person, or use an API key."
              .formatted(service.name()));
    }
  }
}
