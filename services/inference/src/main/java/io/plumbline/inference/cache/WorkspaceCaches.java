package io.plumbline.inference.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.plumbline.platform.identity.Caller;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
 * within the refresh interval in every other replica. A value is read again only when the database
 * notes a change of its tables in its workspace. While the database is unavailable the caches keep
 * their values, and serving continues.
 */
@Component
public class WorkspaceCaches {

  private static final Logger log = LoggerFactory.getLogger(WorkspaceCaches.class);

  /** A cache with its name in metrics and logs, and the tables that its values are read from. */
  private record NamedCache(String name, Set<String> relations, WorkspaceCache<?> cache) {}

  private final TransactionTemplate reading;
  private final WorkspaceChanges changes;
  private final MeterRegistry meters;
  private final List<NamedCache> all = new CopyOnWriteArrayList<>();

  WorkspaceCaches(
      PlatformTransactionManager transactions, WorkspaceChanges changes, MeterRegistry meters) {
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
    this.changes = changes;
    this.meters = meters;
  }

  /**
   * Creates a cache that is kept fresh.
   *
   * @param name the name of the cache in metrics and logs
   * @param relations the tables that the value is read from, whose changes the database notes
   * @param loader reads the value of one workspace, in a transaction of that workspace
   */
  public <T> WorkspaceCache<T> create(String name, Set<String> relations, Supplier<T> loader) {
    WorkspaceCache<T> cache =
        new WorkspaceCache<>(workspace -> read(workspace, loader), Ticker.systemTicker());
    CaffeineCacheMetrics.monitor(meters, cache.caffeineCache(), name);
    all.add(new NamedCache(name, relations, cache));
    return cache;
  }

  /**
   * Marks the caches of the caller's workspace over a table as changed once the current transaction
   * has committed, so that their next use loads them. They are not loaded at once, because the
   * transaction still has its connection: as many transactions as there are connections would each
   * wait for another one.
   */
  public void invalidateAfterCommit(String relation) {
    UUID workspace = Caller.current().workspace();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            all.stream()
                .filter(named -> named.relations.contains(relation))
                .forEach(named -> named.cache.markChanged(workspace));
          }
        });
  }

  /** Reads a value on the request path, in a transaction of its workspace. */
  public <T> T read(UUID workspace, Supplier<T> loader) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException(
          "A cache is not loaded within a transaction: read the database instead");
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

  /** Reads what changed, and reloads those of the values in use that it concerns. */
  void refreshChanged() {
    changes
        .readNew()
        .ifPresentOrElse(
            this::markOutdated, () -> all.forEach(named -> named.cache.markAllOutdated()));
    for (NamedCache named : all) {
      try {
        named.cache.refresh();
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

  private void markOutdated(Set<WorkspaceChanges.Change> changed) {
    for (WorkspaceChanges.Change change : changed) {
      for (NamedCache named : all) {
        if (named.relations.contains(change.relation())) {
          named.cache.markOutdated(change.workspace());
        }
      }
    }
  }
}
