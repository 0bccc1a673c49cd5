package io.plumbline.gateway.session;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Recognises requests that came in on the management port, which only the operator's scraper and
 * probes reach. If one port serves both, no request counts as one of management, so that a wrong
 * setting never opens the metrics to callers. Spring would route the API on this port as well.
 */
@Component
class ManagementRequests implements ServerWebExchangeMatcher, WebFilter, Ordered {

  private static final String PATH = "/actuator/";

  private final Environment environment;
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();

  /**
   * Creates the matcher.
   *
   * @param environment the environment, which knows the ports once the servers have started
   */
  ManagementRequests(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Mono<MatchResult> matches(ServerWebExchange exchange) {
    if (isManagement(exchange) && isActuator(exchange)) {
      return MatchResult.match();
    }
    return MatchResult.notMatch();
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (isManagement(exchange) && !isActuator(exchange)) {
      exchange.getResponse().setStatusCode(HttpStatus.NOT_FOUND);
      return exchange.getResponse().setComplete();
    }
    return chain.filter(exchange);
  }

  private static boolean isActuator(ServerWebExchange exchange) {
    return exchange.getRequest().getPath().value().startsWith(PATH);
  }

  private boolean isManagement(ServerWebExchange exchange) {
    InetSocketAddress local = exchange.getRequest().getLocalAddress();
    return local != null
        && local.getPort() == port("local.management.port")
        && local.getPort() != port("local.server.port");
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  /** Returns a port, or -1 before its server has started; a known port is remembered. */
  private int port(String name) {
    Integer known = ports.get(name);
    if (known != null) {
      return known;
    }
    Integer port = environment.getProperty(name, Integer.class);
    if (port == null) {
      return -1;
    }
    ports.put(name, port);
    return port;
  }
}
