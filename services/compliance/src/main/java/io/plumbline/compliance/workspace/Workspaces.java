package io.plumbline.compliance.workspace;

import io.plumbline.platform.identity.Caller;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The workspaces of the installation, for work that this service does in each of them. */
@Component
public class Workspaces {

  private final WorkspaceStore store;
  private final TransactionTemplate transaction;

  Workspaces(WorkspaceStore store, PlatformTransactionManager transactions) {
    this.store = store;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Returns the ids of all workspaces, archived ones included. */
  public List<UUID> ids() {
    return Objects.requireNonNull(
        transaction.execute(status -> store.all().stream().map(Workspace::workspaceId).toList()));
  }

  /** Runs work in each workspace, as the system. */
  public void forEach(Runnable work) {
    ids().forEach(workspace -> Caller.system(workspace).run(work));
  }
}
