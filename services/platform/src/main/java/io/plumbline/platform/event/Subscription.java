package io.plumbline.platform.event;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** A consumer of topics that runs from the start of the application to its end. */
public final class Subscription implements SmartLifecycle {

  private final Supplier<Optional<ConcurrentMessageListenerContainer<byte[], byte[]>>> containers;
  private @Nullable ConcurrentMessageListenerContainer<byte[], byte[]> container;

  /**
   * @param containers makes the container to start; empty when there is nothing to consume
   */
  Subscription(Supplier<Optional<ConcurrentMessageListenerContainer<byte[], byte[]>>> containers) {
    this.containers = containers;
  }

  @Override
  public synchronized void start() {
    container = containers.get().orElse(null);
    if (container != null) {
      container.start();
    }
  }

  @Override
  public synchronized void stop() {
    if (container != null) {
      container.stop();
      container = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return container != null;
  }
}
