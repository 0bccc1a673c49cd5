package io.plumbline.compliance.workspace;

import io.plumbline.platform.identity.Caller;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives every workspace what it starts with: as soon as it is created, and at the start of the
 * service, which makes up for a stop between the two.
 */
@Component
class WorkspacePresets implements ApplicationRunner {

  /** Says within this service that a workspace was created. */
  record Created(UUID workspaceId) {}

  private final Workspaces workspaces;
  private final WorkspaceAdministration administration;
  private final List<WorkspacePreset> presets;
  private final TransactionTemplate transaction;

  WorkspacePresets(
      Workspaces workspaces,
      WorkspaceAdministration administration,
      List<WorkspacePreset> presets,
      PlatformTransactionManager transactions) {
    this.workspaces = workspaces;
    this.administration = administration;
    this.presets = presets;
    this.transaction = new TransactionTemplate(transactions);
    // The transaction that created the workspace has ended, but is still bound to the thread.
    transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  @Override
  public void run(ApplicationArguments arguments) {
    workspaces.forEach(() -> {
      administration.announceTakenOver();
      addPresets();
    });
  }

  @TransactionalEventListener
  void onCreated(Created created) {
    Caller.system(created.workspaceId()).run(this::addPresets);
  }

  private void addPresets() {
    for (WorkspacePreset preset : presets) {
      transaction.executeWithoutResult(status -> preset.add());
    }
  }
}
