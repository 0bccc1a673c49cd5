package io.plumbline.platform.event;

import io.plumbline.platform.lifecycle.BrokerNames;
import io.plumbline.platform.lifecycle.StartupWait;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/**
 * A consumer of topics that runs from the start of the application to its end. While the brokers'
 * names cannot be resolved, the application runs without it.
 */
public final class Subscription implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Subscription.class);

  private final BrokerNames brokers;
  private final Supplier<Optional<ConcurrentMessageListenerContainer<byte[], byte[]>>> containers;
  private @Nullable ConcurrentMessageListenerContainer<byte[], byte[]> container;
  private @Nullable Thread waiting;

  /**
   * @param containers makes the container to start; empty when there is nothing to consume
   */
  Subscription(
      BrokerNames brokers,
      Supplier<Optional<ConcurrentMessageListenerContainer<byte[], byte[]>>> containers) {
    this.brokers = brokers;
    this.containers = containers;
  }

  @Override
  public synchronized void start() {
    if (brokers.unresolved().isEmpty()) {
      startContainer();
    } else {
      waiting = Thread.ofVirtual().name("subscription-start").start(this::startOnceResolved);
    }
  }

  private void startOnceResolved() {
    try {
      new StartupWait(log::warn).until(() -> brokers.unresolved().or(this::tryStart));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts the container, unless the subscription was stopped. Returns why that failed. */
  private synchronized Optional<String> tryStart() {
    if (waiting == Thread.currentThread()) {
      try {
        startContainer();
        waiting = null;
      } catch (RuntimeException e) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
        return Optional.of("the consumer of Kafka's topics, which failed to start: " + cause);
      }
    }
    return Optional.empty();
  }

  private synchronized void startContainer() {
    container = containers.get().orElse(null);
    if (container != null) {
      container.start();
    }
  }

  @Override
  public synchronized void stop() {
    if (waiting != null) {
      waiting.interrupt();
      waiting = null;
    }
    if (container != null) {
      container.stop();
      container = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return container != null || waiting != null;
  }
}
