package io.plumbline.modelregistry.model;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.ModelRegistryEvent;
import io.plumbline.contracts.ModelRegistryEvent.AliasMoveRequested;
import io.plumbline.contracts.ModelRegistryEvent.AliasMoved;
import io.plumbline.contracts.state.Decision;
import io.plumbline.modelregistry.model.AliasMove.Kind;
import io.plumbline.modelregistry.model.AliasMove.State;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Moves aliases: at once, on approval, or back to an earlier version. */
@Service
public class AliasService {

  /** The outcome of moving an alias. */
  public sealed interface Outcome {

    record Moved(Alias alias) implements Outcome {}

    record AlreadyThere(Alias alias) implements Outcome {}

    /** A move that a second person must approve. */
    record Requested(AliasMove move) implements Outcome {}
  }

  static final String DECISION_JOB = "alias-decision";

  private final Models models;
  private final ModelVersions versions;
  private final AliasStore rows;
  private final AliasGate gate;
  private final Outbox outbox;
  private final JobQueue jobs;
  private final Clock clock;

  AliasService(
      Models models,
      ModelVersions versions,
      AliasStore rows,
      AliasGate gate,
      Outbox outbox,
      JobQueue jobs,
      Clock clock) {
    this.models = models;
    this.versions = versions;
    this.rows = rows;
    this.gate = gate;
    this.outbox = outbox;
    this.jobs = jobs;
    this.clock = clock;
  }

  @Transactional
  public Outcome move(String name, String alias, int to, @Nullable String reason) {
    Model model = models.findForChangeByName(name).orElseThrow(Problem::notFound);
    ModelVersion target = requireVersion(model, to);
    Optional<Alias> current = currentAlias(model, alias);
    if (current.filter(known -> known.version() == to).isPresent()) {
      return new Outcome.AlreadyThere(current.get());
    }
    if (!gate.isProtected(alias)) {
      return moveNow(model, Kind.DIRECT, alias, target, reason);
    }
    gate.requirePass(alias, target);
    return requestMove(model, alias, target, reason);
  }

  /**
   * Moves an alias back to a version that it pointed at before. A protected alias can go back only
   * to a version that was approved for it, which needs no second approval, and only if nothing was
   * found against that version since.
   */
  @Transactional
  public Outcome rollBack(String name, String alias, int to, String reason) {
    Model model = models.findForChangeByName(name).orElseThrow(Problem::notFound);
    ModelVersion target = requireVersion(model, to);
    Optional<Alias> current = currentAlias(model, alias);
    if (current.filter(known -> known.version() == to).isPresent()) {
      return new Outcome.AlreadyThere(current.get());
    }
    if (!rows.hasPointedAt(model.id(), alias, to, gate.isProtected(alias))) {
      throw new Problem(
              ModelProblem.NEVER_APPROVED,
              ("Alias %s can be rolled back only to a version that it pointed at before. Move the"
                      + " alias with PUT; a protected alias then waits for a second person's"
                      + " approval.")
                  .formatted(alias))
          .missing(List.of(missingMoveText(name, alias, to)));
    }
    if (gate.isProtected(alias)) {
      gate.requireNoFindingAgainst(alias, target);
    }
    return moveNow(model, Kind.ROLLBACK, alias, target, reason);
  }

  private String missingMoveText(String name, String alias, int to) {
    if (gate.isProtected(alias)) {
      return "an earlier approval of %s@%d as %s".formatted(name, to, alias);
    }
    return "an earlier move of alias %s to %s@%d".formatted(alias, name, to);
  }

  /**
   * Takes a decision about a requested move. An approved one moves once its evidence has been read,
   * which {@link AliasEvidence} waits for. Decisions about other services' requests are ignored.
   */
  @OnEvent
  public void on(ApprovalDecided decision) {
    if (!decision.decides(AliasMoveRequested.class)) {
      return;
    }
    if (decision.decision() != Decision.APPROVED) {
      decide(decision);
    } else if (findRequestedArtifact(decision.requestId()).isPresent()) {
      jobs.enqueue(DECISION_JOB, decision, 0);
    }
  }

  /**
   * Returns the artifact that a move would point at; empty unless the move waits for a decision.
   */
  @Transactional(readOnly = true)
  public Optional<Digest> findRequestedArtifact(UUID move) {
    return rows.findMove(move)
        .filter(each -> each.state() == State.REQUESTED)
        .map(AliasMove::digest);
  }

  /** Returns the artifact that the gate decides about; empty if there is none or no gate. */
  @Transactional(readOnly = true)
  public Optional<Digest> findGatedArtifact(String name, String alias, int version) {
    if (!gate.isProtected(alias)) {
      return Optional.empty();
    }
    return models
        .findByName(name)
        .flatMap(model -> versions.find(model.id(), version))
        .map(each -> each.lineage().artifactDigest());
  }

  /** Decides a requested move; the gate is asked again. */
  @Transactional
  public void decide(ApprovalDecided decision) {
    rows.modelIdOf(decision.requestId())
        .flatMap(models::findForChangeById)
        .ifPresent(model -> {
          AliasMove move = rows.findMove(decision.requestId()).orElseThrow();
          if (move.state() == State.REQUESTED) {
            applyDecision(model, move, decision);
          }
        });
  }

  private void applyDecision(Model model, AliasMove requested, ApprovalDecided decision) {
    Integer from = rows.versionOf(model.id(), requested.alias()).orElse(null);
    // The gate is checked again: the verdict may have been superseded since the request.
    boolean proved = gate.isOpenFor(requireVersion(model, requested.to()));
    AliasMove move = requested.withDecision(decision, proved, from, clock.instant());
    rows.storeDecision(move);
    if (move.state() == State.MOVED) {
      pointAlias(model, move);
    }
  }

  private Outcome requestMove(
      Model model, String alias, ModelVersion target, @Nullable String reason) {
    Optional<AliasMove> pending = rows.findPendingMove(model.id(), alias, target.version());
    if (pending.isPresent()) {
      return new Outcome.Requested(pending.get());
    }
    AliasMove move = newMove(model, Kind.APPROVED, alias, target, reason);
    rows.addMove(model.id(), move);
    publish(
        model,
        new AliasMoveRequested(
            move.aliasMoveId(),
            model.name(),
            alias,
            move.from(),
            move.to(),
            move.digest(),
            move.author(),
            move.requester(),
            target.authors()));
    return new Outcome.Requested(move);
  }

  private Outcome moveNow(
      Model model, Kind kind, String alias, ModelVersion target, @Nullable String reason) {
    AliasMove move = newMove(model, kind, alias, target, reason).madeAtOnce();
    rows.addMove(model.id(), move);
    return new Outcome.Moved(pointAlias(model, move));
  }

  private AliasMove newMove(
      Model model, Kind kind, String alias, ModelVersion target, @Nullable String reason) {
    return AliasMove.requested(
        Ids.next(),
        kind,
        alias,
        rows.versionOf(model.id(), alias).orElse(null),
        target,
        Caller.current().actor(),
        reason,
        clock.instant());
  }

  private Alias pointAlias(Model model, AliasMove move) {
    rows.pointAlias(model.id(), move.alias(), move.to(), move.requester(), clock.instant());
    publish(
        model,
        new AliasMoved(
            model.name(),
            move.alias(),
            move.from(),
            move.to(),
            move.digest(),
            move.approvalId(),
            move.reason()));
    return currentAlias(model, move.alias()).orElseThrow();
  }

  private void publish(Model model, ModelRegistryEvent event) {
    model.incrementAliasMoves();
    Model saved = models.saveAndFlush(model);
    outbox.append(event, model.name(), saved.aggregateVersion());
  }

  private ModelVersion requireVersion(Model model, int version) {
    return versions
        .find(model.id(), version)
        .orElseThrow(() ->
            new Problem(ModelProblem.UNKNOWN_VERSION, unknownVersion(model, version))
                .withFieldError("/version", "is not a version of the model"));
  }

  private static String unknownVersion(Model model, int version) {
    if (model.latestVersion() == 0) {
      return "Model '%s' has no version yet. Register a version first.".formatted(model.name());
    }
    return "Model '%s' has no version %d. Choose a version from 1 to %d."
        .formatted(model.name(), version, model.latestVersion());
  }

  private Optional<Alias> currentAlias(Model model, String alias) {
    return rows.aliasesOf(model.id()).stream()
        .filter(known -> known.alias().equals(alias))
        .findFirst();
  }

  @Transactional(readOnly = true)
  public List<Alias> aliasesOf(String name) {
    return rows.aliasesOf(models.findByName(name).orElseThrow(Problem::notFound).id());
  }

  @Transactional(readOnly = true)
  public Page<AliasMove> history(String name, String alias, PageRequest request) {
    UUID below = request.afterId();
    Model model = models.findByName(name).orElseThrow(Problem::notFound);
    List<AliasMove> found = rows.movesBelow(model.id(), alias, below, request.fetchSize());
    return Page.of(
        found,
        request,
        move -> List.of(move.aliasMoveId().toString()),
        rows.countMoves(model.id(), alias));
  }
}
