package io.plumbline.gateway;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * The time between the announcement that the gateway will stop and its stop, as services have it.
 * Readiness is off already, and requests are still served, each on a connection that closes after
 * it. So what stands before the gateway has moved to other replicas when the web server stops.
 */
@Component
class ShutdownNotice implements ApplicationListener<ApplicationEvent>, WebFilter, Ordered {

  private static final Logger log = LoggerFactory.getLogger(ShutdownNotice.class);

  private final ApplicationContext application;
  private final Duration time;
  private volatile boolean ready;
  private volatile boolean given;

  ShutdownNotice(
      ApplicationContext application, @Value("${plumbline.shutdown.notice:0s}") Duration time) {
    this.application = application;
    this.time = time;
  }

  @Override
  public void onApplicationEvent(ApplicationEvent event) {
    if (event instanceof ApplicationReadyEvent) {
      ready = true;
    } else if (event instanceof ContextClosedEvent closed
        && closed.getApplicationContext().equals(application)
        && ready
        && time.isPositive()) {
      give();
    }
  }

  private void give() {
    given = true;
    log.info("Requests are served for {} more, on connections that close.", time);
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (given) {
      exchange
          .getResponse()
          .beforeCommit(() ->
              Mono.fromRunnable(
                  () -> exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close")));
    }
    return chain.filter(exchange);
  }

  /** Goes before whatever else ends with the context, and before the fast path. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
