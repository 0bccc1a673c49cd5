package io.plumbline.platform.lifecycle;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * The time between the announcement that a process will stop and its stop. Readiness is off
 * already, and requests are still served, each on a connection that closes after it. So callers
 * have moved to other replicas when the web server stops, which refuses what still arrives.
 */
public final class ShutdownNotice implements ApplicationListener<ApplicationEvent>, Ordered {

  private static final Logger log = LoggerFactory.getLogger(ShutdownNotice.class);

  private final ApplicationContext application;
  private final Duration time;
  private volatile boolean ready;
  private volatile boolean given;

  /**
   * @param application the context whose end is announced, not that of the management port
   * @param time zero where nobody calls another replica instead
   */
  public ShutdownNotice(ApplicationContext application, Duration time) {
    this.application = application;
    this.time = time;
  }

  /** Returns whether the process is about to stop. */
  public boolean isGiven() {
    return given;
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

  /** Goes before whatever else ends with the context. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
