package io.plumbline.compliance.audit;

import io.plumbline.compliance.ledger.Wakeups;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.DependsOn;
import org.springframework.stereotype.Component;

/** Keeps the projection up with the ledger. */
@Component
@DependsOn("flywayInitializer")
class AuditProjector implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(AuditProjector.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final AuditProjection projection;
  private final Wakeups wakeups;
  private volatile @Nullable Thread thread;

  AuditProjector(AuditProjection projection, Wakeups wakeups) {
    this.projection = projection;
    this.wakeups = wakeups;
  }

  @Override
  public void start() {
    // Assigned before it runs: the loop ends when it finds no thread.
    Thread loop = Thread.ofPlatform().name("audit-projector").daemon().unstarted(this::run);
    thread = loop;
    loop.start();
  }

  @Override
  public void stop() {
    Thread running = thread;
    thread = null;
    if (running != null) {
      wakeups.projector().give();
      try {
        running.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  private void run() {
    while (isRunning()) {
      try {
        boolean more = isRunning() && projection.advance();
        if (!more) {
          wakeups.projector().await(POLL);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log.warn("The audit projection waits and tries again: {}", e.toString());
        if (!pause()) {
          return;
        }
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(POLL);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
