package io.plumbline.inference.cache;

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
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes views and keeps them fresh: at once in the process that changed something, and within the
 * refresh interval in every other replica. A database that is away leaves the views as they were:
 * serving goes on.
 */
@Component
public class WorkspaceCaches {

  private static final Logger log = LoggerFactory.getLogger(WorkspaceCaches.class);

  private final TransactionTemplate reading;
  private final List<WorkspaceCache<?>> all = new CopyOnWriteArrayList<>();

  WorkspaceCaches(PlatformTransactionManager transactions) {
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
    this.reading.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /**
   * @param loader reads the whole of one workspace; runs in a transaction of that workspace
   */
  public <T> WorkspaceCache<T> of(Supplier<T> loader) {
    WorkspaceCache<T> view = new WorkspaceCache<>(workspace -> load(workspace, loader));
    all.add(view);
    return view;
  }

  /** Reloads every view of the workspace once the current transaction has committed. */
  public void changed() {
    UUID workspace = Caller.current().workspace();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            all.forEach(view -> view.reload(workspace));
          }
        });
  }

  private <T> T load(UUID workspace, Supplier<T> loader) {
    try {
      return Caller.system(workspace)
          .call(() -> Objects.requireNonNull(reading.execute(status -> loader.get())));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads every view anew that anybody has asked for. */
  void refresh() {
    for (WorkspaceCache<?> view : all) {
      try {
        view.reloadAll();
      } catch (RuntimeException e) {
        // Not only a database that is away: one row that cannot be read must not end the refreshing
        // of all others.
        log.warn("A view stays as it was: {}", e.toString());
      }
    }
  }
}
