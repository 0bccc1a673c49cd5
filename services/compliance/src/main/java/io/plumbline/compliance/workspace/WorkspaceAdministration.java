package io.plumbline.compliance.workspace;

import io.plumbline.contracts.ComplianceEvent.WorkspaceArchived;
import io.plumbline.contracts.ComplianceEvent.WorkspaceChanged;
import io.plumbline.contracts.ComplianceEvent.WorkspaceConfiguration;
import io.plumbline.contracts.ComplianceEvent.WorkspaceCreated;
import io.plumbline.contracts.Event;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.IfMatch;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The administration of workspaces. The first workspace is the operator's: its administrators
 * create, configure and archive all others. The administrators of another workspace see and
 * configure their own alone, except for its quotas.
 */
@Service
class WorkspaceAdministration {

  private final WorkspaceStore store;
  private final Outbox outbox;
  private final ApplicationEventPublisher inside;
  private final Clock clock;

  WorkspaceAdministration(
      WorkspaceStore store, Outbox outbox, ApplicationEventPublisher inside, Clock clock) {
    this.store = store;
    this.outbox = outbox;
    this.inside = inside;
    this.clock = clock;
  }

  /**
   * Creates a workspace.
   *
   * @param requestedId the id, which the accounts of its people carry; absent for a new one
   * @throws Problem 400 for a configuration that breaks a rule, 403 if the caller does not
   *     administer the operator's workspace, 409 if the id or the name is taken
   */
  @Transactional
  Workspace create(@Nullable UUID requestedId, WorkspaceConfiguration configuration) {
    ConfigurationRules.require(configuration);
    Caller caller = Caller.current();
    boolean first = store.isEmpty();
    UUID id = first ? idOfFirst(requestedId) : idOfFurther(requestedId);
    Instant now = clock.instant();
    Workspace workspace =
        new Workspace(
            id,
            first,
            WorkspaceState.ACTIVE,
            configuration,
            1,
            caller.actor(),
            now,
            caller.actor(),
            now,
            null);
    if (!store.insert(workspace)) {
      throw exists(id, configuration.name());
    }
    publish(id, new WorkspaceCreated(id, first, configuration), 1);
    inside.publishEvent(new WorkspacePresets.Created(id));
    return workspace;
  }

  private static UUID idOfFirst(@Nullable UUID requestedId) {
    UUID own = Caller.current().workspace();
    if (requestedId != null && !requestedId.equals(own)) {
      throw Problem.invalid(
          "/workspaceId",
          "must be %s, the workspace of your account: the first workspace is the operator's"
              .formatted(own));
    }
    return own;
  }

  private UUID idOfFurther(@Nullable UUID requestedId) {
    if (!isOperator()) {
      throw operatorOnly("create a workspace");
    }
    if (Caller.NO_WORKSPACE.equals(requestedId)) {
      throw Problem.invalid("/workspaceId", "must be a UUID other than zero");
    }
    return Objects.requireNonNullElseGet(requestedId, Ids::next);
  }

  private Problem exists(UUID id, String name) {
    if (store.find(id).isPresent()) {
      return new Problem(
          WorkspaceProblem.EXISTS,
          "The workspace %s exists already. Change it instead, or omit workspaceId to create another."
              .formatted(id));
    }
    return nameTaken(name);
  }

  private static Problem nameTaken(String name) {
    return new Problem(
            WorkspaceProblem.EXISTS,
            "Another workspace has the name %s. Choose another name.".formatted(name))
        .withFieldError("/name", "is taken");
  }

  /**
   * Replaces the configuration of a workspace.
   *
   * @throws Problem 400 for a configuration that breaks a rule, 403 if an administrator of another
   *     workspace than the operator's changes quotas, 404 if the caller does not see the workspace,
   *     409 if it is archived or the name is taken, 412 if it has changed since
   */
  @Transactional
  Workspace configure(UUID workspaceId, WorkspaceConfiguration configuration, IfMatch ifMatch) {
    Workspace former = lockVisible(workspaceId);
    ifMatch.require(former.version());
    ConfigurationRules.require(configuration);
    requireActive(former);
    if (!isOperator() && !configuration.quotas().equals(former.configuration().quotas())) {
      throw operatorOnly("change the quotas of a workspace");
    }
    if (store.isNameTaken(configuration.name(), workspaceId)) {
      throw nameTaken(configuration.name());
    }
    Workspace changed = changed(former, WorkspaceState.ACTIVE, configuration, null);
    store.update(changed);
    publish(workspaceId, new WorkspaceChanged(workspaceId, configuration), changed.version());
    return changed;
  }

  /**
   * Archives a workspace.
   *
   * @throws Problem 403 if the caller administers another workspace than the operator's, 404 if the
   *     caller does not see this one, 409 if it is archived already or the operator's
   */
  @Transactional
  Workspace archive(UUID workspaceId, String reason) {
    Workspace former = lockVisible(workspaceId);
    if (!isOperator()) {
      throw operatorOnly("archive a workspace");
    }
    requireActive(former);
    if (former.operator()) {
      throw new Problem(
          WorkspaceProblem.OPERATOR_STAYS,
          "Its administrators administer all other workspaces, so nobody could go on with them.");
    }
    Workspace archived = changed(former, WorkspaceState.ARCHIVED, former.configuration(), reason);
    store.update(archived);
    publish(workspaceId, new WorkspaceArchived(workspaceId, reason), archived.version());
    return archived;
  }

  private Workspace changed(
      Workspace former,
      WorkspaceState state,
      WorkspaceConfiguration configuration,
      @Nullable String archiveReason) {
    return new Workspace(
        former.workspaceId(),
        former.operator(),
        state,
        configuration,
        former.version() + 1,
        former.createdBy(),
        former.createdAt(),
        Caller.current().actor(),
        clock.instant(),
        archiveReason);
  }

  /**
   * Returns a workspace.
   *
   * @throws Problem 404 if the caller does not see it
   */
  @Transactional(readOnly = true)
  Workspace get(UUID workspaceId) {
    requireVisible(workspaceId);
    return store.find(workspaceId).orElseThrow(Problem::notFound);
  }

  /** Returns a page of the workspaces that the caller sees, by name. */
  @Transactional(readOnly = true)
  Page<Workspace> list(PageRequest page) {
    if (isOperator()) {
      return store.page(page);
    }
    // The token is read all the same, so that a wrong one is refused.
    String after = page.afterName();
    return Page.ofSinglePage(
        store.find(Caller.current().workspace()).stream()
            .filter(own -> own.configuration().name().compareTo(after) > 0)
            .toList());
  }

  /**
   * Publishes that the caller's workspace exists, if it was taken over from an installation of a
   * former version and its creation is not published yet.
   */
  @Transactional
  void announceTakenOver() {
    UUID id = Caller.current().workspace();
    store
        .lock(id)
        .filter(workspace -> workspace.version() == 0)
        .ifPresent(workspace -> {
          store.update(changed(workspace, workspace.state(), workspace.configuration(), null));
          publish(id, new WorkspaceCreated(id, workspace.operator(), workspace.configuration()), 1);
        });
  }

  private Workspace lockVisible(UUID workspaceId) {
    requireVisible(workspaceId);
    return store.lock(workspaceId).orElseThrow(Problem::notFound);
  }

  private void requireVisible(UUID workspaceId) {
    if (!workspaceId.equals(Caller.current().workspace()) && !isOperator()) {
      throw Problem.notFound();
    }
  }

  /** Returns whether the caller administers all workspaces. */
  private boolean isOperator() {
    Caller caller = Caller.current();
    return caller.hasRole(Role.ADMIN)
        && store.find(caller.workspace()).filter(Workspace::operator).isPresent();
  }

  private static void requireActive(Workspace workspace) {
    if (workspace.state() == WorkspaceState.ARCHIVED) {
      throw new Problem(
          CommonProblem.WORKSPACE_ARCHIVED,
          "The workspace %s is archived and cannot change any more."
              .formatted(workspace.configuration().name()));
    }
  }

  private static Problem operatorOnly(String what) {
    return new Problem(
        WorkspaceProblem.OPERATOR_ONLY,
        "To %s, ask an administrator of the operator's workspace, the first one of the installation."
            .formatted(what));
  }

  /** Publishes an event in the workspace that it is about, in the name of the caller. */
  private void publish(UUID workspaceId, Event event, long version) {
    Caller caller = Caller.current();
    if (caller.workspace().equals(workspaceId)) {
      outbox.append(event, workspaceId.toString(), version);
    } else {
      Caller.requester(workspaceId, caller.actor())
          .run(() -> outbox.append(event, workspaceId.toString(), version));
    }
  }
}
