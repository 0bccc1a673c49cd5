package io.plumbline.inference.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.plumbline.platform.identity.Caller;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Creates workspace caches and keeps them fresh: immediately in the process that made a change,
 * within the refresh interval in every other replica. While the database is unavailable the caches
 * keep their values, and serving continues.
 */
@Component
public class WorkspaceCaches {

  private static final Logger log = LoggerFactory.getLogger(WorkspaceCaches.class);

  /** A cache with its name in metrics and logs. */
  private record NamedCache(String name, WorkspaceCache<?> cache) {}

  private final TransactionTemplate reading;
  private final MeterRegistry meters;
  private final List<NamedCache> all = new CopyOnWriteArrayList<>();

  WorkspaceCaches(PlatformTransactionManager transactions, MeterRegistry meters) {
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
    this.meters = meters;
  }

  /**
   * Creates a cache that is kept fresh.
   *
   * @param name the name of the cache in metrics and logs
   * @param loader reads the value of one workspace, in a transaction of that workspace
   */
  public <T> WorkspaceCache<T> create(String name, Supplier<T> loader) {
    WorkspaceCache<T> cache =
        new WorkspaceCache<>(workspace -> load(workspace, loader), Ticker.systemTicker());
    CaffeineCacheMetrics.monitor(meters, cache.caffeineCache(), name);
    all.add(new NamedCache(name, cache));
    return cache;
  }

  /**
   * Marks the caches of the caller's workspace as changed once the current transaction has
   * committed, so that their next use loads them. They are not loaded at once, because the
   * transaction still has its connection: as many transactions as there are connections would each
   * wait for another one.
   */
  public void invalidateAfterCommit() {
    UUID workspace = Caller.current().workspace();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            all.forEach(named -> named.cache.markChanged(workspace));
          }
        });
  }

  private <T> T load(UUID workspace, Supplier<T> loader) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException(
          "A workspace cache is not loaded within a transaction: read the database instead");
    }
    try {
      return Caller.system(workspace)
          .call(() -> Objects.requireNonNull(reading.execute(status -> loader.get())));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reloads every value that is in use. */
  void refreshAll() {
    for (NamedCache named : all) {
      try {
        named.cache.reloadAll();
      } catch (RuntimeException e) {
        // Every failure is caught, not only that of an unavailable database: one row that cannot be
        // read must not stop the refresh of the other caches.
        log.warn(
            "The cache '{}' was not refreshed for every workspace. Values that were not refreshed"
                + " stay until the next refresh: {}",
            named.name,
            e.toString());
      }
    }
  }
}
