package io.plumbline.gateway.limit;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.gateway.GatewaySettings;
import io.plumbline.gateway.ProblemWriter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.Ordered;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Limits how often an address may start a sign-in or return from one, before anything is done for
 * it: a sign-in costs encryption here and a call to the realm. The filter runs before the security
 * chains, which answer these paths themselves.
 */
@Component
class SignInLimit implements WebFilter, Ordered {

  // This is the matcher of the security chains: an encoded path that leads there is limited, too.
  private final ServerWebExchangeMatcher signIns =
      ServerWebExchangeMatchers.pathMatchers("/oauth2/**", "/login/**");
  private final AddressLimit limit;

  @Autowired
  SignInLimit(
      GatewaySettings settings,
      ClientAddress address,
      ProblemWriter problems,
      MeterRegistry meters) {
    this(settings.gateway().signIn(), address, problems, meters, TimeMeter.SYSTEM_NANOTIME);
  }

  SignInLimit(
      GatewaySettings.SignIn settings,
      ClientAddress address,
      ProblemWriter problems,
      MeterRegistry meters,
      TimeMeter time) {
    this.limit =
        new AddressLimit(
            address,
            settings.perMinute(),
            settings.burst(),
            time,
            new TooManyRequests(problems, meters.counter("plumbline.gateway.signins.limited")),
            "Too many sign-ins",
            "More than %d steps of sign-ins per minute came from this address.");
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return signIns
        .matches(exchange)
        .flatMap(result -> {
          if (result.isMatch()) {
            return limit.filter(exchange, () -> chain.filter(exchange));
          }
          return chain.filter(exchange);
        });
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 50;
  }
}
