package io.plumbline.modelregistry.model;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.ModelRegistryEvent.AliasMoveRequested;
import io.plumbline.contracts.ModelRegistryEvent.AliasMoved;
import io.plumbline.modelregistry.model.AliasMove.Kind;
import io.plumbline.modelregistry.model.AliasMove.State;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Moves aliases: at once, on approval, or back to where they were. */
@Service
public class Aliases {

  /** What became of a wish to move. */
  public sealed interface Outcome {

    record Moved(Alias alias) implements Outcome {}

    record AlreadyThere(Alias alias) implements Outcome {}

    /** A second person is to approve. */
    record Requested(AliasMove move) implements Outcome {}
  }

  private final Models models;
  private final ModelVersions versions;
  private final AliasRows rows;
  private final ModelSettings settings;
  private final Outbox outbox;
  private final Clock clock;

  Aliases(
      Models models,
      ModelVersions versions,
      AliasRows rows,
      ModelSettings settings,
      Outbox outbox,
      Clock clock) {
    this.models = models;
    this.versions = versions;
    this.rows = rows;
    this.settings = settings;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Transactional
  public Outcome move(String name, String alias, int to, @Nullable String reason) {
    Model model = models.findForChangeByName(name).orElseThrow(Problem::notFound);
    ModelVersion target = target(model, to);
    Optional<Alias> there = current(model, alias).filter(known -> known.version() == to);
    if (there.isPresent()) {
      return new Outcome.AlreadyThere(there.get());
    }
    if (settings.protectedAliases().contains(alias)) {
      return request(model, alias, target, reason);
    }
    return new Outcome.Moved(
        point(model, move(model, alias, target, State.MOVED, Kind.DIRECT, reason), null));
  }

  /**
   * Back to a version that the alias was approved to point at: that was decided once and is not
   * decided again.
   */
  @Transactional
  public Outcome rollBack(String name, String alias, int to, String reason) {
    Model model = models.findForChangeByName(name).orElseThrow(Problem::notFound);
    ModelVersion target = target(model, to);
    Optional<Alias> there = current(model, alias).filter(known -> known.version() == to);
    if (there.isPresent()) {
      return new Outcome.AlreadyThere(there.get());
    }
    if (!rows.pointedAt(model.id(), alias, to)) {
      throw new Problem(
              ModelProblem.NEVER_APPROVED,
              "Move the alias with PUT; a protected one then waits for a second person's approval.")
          .missing(List.of("an earlier approval of " + name + "@" + to + " as " + alias));
    }
    return new Outcome.Moved(
        point(model, move(model, alias, target, State.MOVED, Kind.ROLLBACK, reason), null));
  }

  /** Decisions about other services' requests come by too. */
  @OnEvent
  public void on(ApprovalDecided decision) {
    rows.modelOf(decision.requestId())
        .flatMap(models::findForChangeById)
        .ifPresent(model -> {
          AliasMove move = rows.find(decision.requestId()).orElseThrow();
          if (move.state() == State.REQUESTED) {
            decide(model, move, decision);
          }
        });
  }

  private void decide(Model model, AliasMove move, ApprovalDecided decision) {
    State state =
        switch (decision.decision()) {
          case APPROVED ->
              decision.subjectDigest().equals(move.digest()) ? State.MOVED : State.VOID;
          case EXPIRED -> State.EXPIRED;
          case REJECTED -> State.REJECTED;
        };
    Integer from = rows.versionOf(model.id(), move.alias()).orElse(null);
    rows.decide(move.id(), state, decision.approvalId(), decision.decidedBy(), from, now());
    if (state == State.MOVED) {
      point(model, move, decision.approvalId());
    }
  }

  private Outcome request(Model model, String alias, ModelVersion target, @Nullable String reason) {
    Optional<AliasMove> pending = rows.pending(model.id(), alias, target.version());
    if (pending.isPresent()) {
      return new Outcome.Requested(pending.get());
    }
    AliasMove move = move(model, alias, target, State.REQUESTED, Kind.APPROVED, reason);
    model.aliasMoves();
    Model saved = models.saveAndFlush(model);
    outbox.append(
        new AliasMoveRequested(
            move.id(),
            model.name(),
            alias,
            move.from(),
            move.to(),
            move.digest(),
            move.author(),
            move.requester()),
        model.name(),
        saved.revision() + 1);
    return new Outcome.Requested(move);
  }

  private AliasMove move(
      Model model,
      String alias,
      ModelVersion target,
      State state,
      Kind kind,
      @Nullable String reason) {
    String by = Caller.current().actor();
    Instant now = now();
    boolean decided = state == State.MOVED;
    AliasMove move =
        new AliasMove(
            Ids.next(),
            alias,
            rows.versionOf(model.id(), alias).orElse(null),
            target.version(),
            target.lineage().artifactDigest(),
            state,
            kind,
            target.author(),
            by,
            reason,
            now,
            null,
            decided ? by : null,
            decided ? now : null);
    rows.add(model.id(), move);
    return move;
  }

  private Alias point(Model model, AliasMove move, @Nullable UUID approvalId) {
    Integer from = rows.versionOf(model.id(), move.alias()).orElse(null);
    rows.point(model.id(), move.alias(), move.to(), move.requester(), now());
    model.aliasMoves();
    Model saved = models.saveAndFlush(model);
    outbox.append(
        new AliasMoved(model.name(), move.alias(), from, move.to(), move.digest(), approvalId),
        model.name(),
        saved.revision() + 1);
    return current(model, move.alias()).orElseThrow();
  }

  private ModelVersion target(Model model, int version) {
    return versions
        .find(model.id(), version)
        .orElseThrow(() ->
            new Problem(
                    ModelProblem.UNKNOWN_VERSION,
                    "Its latest version is " + model.latestVersion() + ".")
                .at("/version", "there is no version " + version));
  }

  private Optional<Alias> current(Model model, String alias) {
    return rows.of(model.id()).stream().filter(known -> known.alias().equals(alias)).findFirst();
  }

  @Transactional(readOnly = true)
  public List<Alias> of(String name) {
    return rows.of(models.findByName(name).orElseThrow(Problem::notFound).id());
  }

  @Transactional(readOnly = true)
  public Page<AliasMove> history(String name, String alias, PageRequest request) {
    Model model = models.findByName(name).orElseThrow(Problem::notFound);
    UUID below = request.after(UUID::fromString, new UUID(-1, -1));
    List<AliasMove> found = rows.history(model.id(), alias, below, request.fetch());
    return Page.of(
        found, request, move -> List.of(move.id().toString()), rows.count(model.id(), alias));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
