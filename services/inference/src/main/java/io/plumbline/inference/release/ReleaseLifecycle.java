package io.plumbline.inference.release;

import io.plumbline.contracts.ComplianceEvent;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent;
import io.plumbline.contracts.InferenceEvent;
import io.plumbline.contracts.Outcome;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.cache.WorkspaceCaches;
import io.plumbline.inference.release.Release.State;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Moves releases. Everything that concerns one environment of an application happens one after
 * another.
 */
@Component
class ReleaseLifecycle {

  private final Releases releases;
  private final ReleaseGate gate;
  private final VariantCatalog variants;
  private final Outbox outbox;
  private final WorkspaceCaches views;
  private final JdbcClient sql;
  private final Clock clock;

  ReleaseLifecycle(
      Releases releases,
      ReleaseGate gate,
      VariantCatalog variants,
      Outbox outbox,
      WorkspaceCaches views,
      JdbcClient sql,
      Clock clock) {
    this.releases = releases;
    this.gate = gate;
    this.variants = variants;
    this.outbox = outbox;
    this.views = views;
    this.sql = sql;
    this.clock = clock;
  }

  @Transactional
  Release request(
      String application,
      String environment,
      Digest digest,
      @Nullable UUID verdictId,
      @Nullable String override,
      int canaryPercent) {
    Variant variant =
        variants.read(digest).orElseThrow(() -> Problem.notYetKnown("/variantDigest"));
    if (!variant.application().equals(application)) {
      throw Problem.invalid(
          "/variantDigest", "was composed for application " + variant.application());
    }
    gate.check(variant, environment, verdictId, override, canaryPercent);
    Caller caller = Caller.current();
    UUID verdict = Objects.requireNonNull(verdictId);
    Release.Request request =
        new Release.Request(application, environment, digest, verdict, override, canaryPercent);
    Release release =
        releases.saveAndFlush(
            new Release(Ids.next(), caller.workspace(), request, caller.actor(), clock.instant()));
    Digest serving = serving(application, environment).map(Release::variant).orElse(null);
    outbox.append(
        new InferenceEvent.ReleaseRequested(
            release.id(),
            application,
            environment,
            digest,
            serving,
            verdict,
            override,
            canaryPercent,
            caller.actor(),
            variant.authors()),
        release.id().toString(),
        release.aggregateVersion());
    return release;
  }

  @OnEvent
  public void on(ComplianceEvent.ApprovalDecided decided) {
    Optional<Release> requested = releases.findById(decided.requestId());
    if (requested.isEmpty()
        || requested.get().state() != State.REQUESTED
        || !requested.get().variant().equals(decided.subjectDigest())) {
      return;
    }
    Release release = requested.get();
    serialise(release);
    if (!decided.decision().equals("APPROVED")) {
      release.reject(decided.reason(), clock.instant());
      tell(release);
      return;
    }
    Optional<Release> trial =
        releases.findByApplicationAndEnvironmentAndState(
            release.application(), release.environment(), State.CANARY);
    if (trial.isPresent()) {
      release.approve(
          "waits for the trial of release " + trial.get().id() + " to end", clock.instant());
      tell(release);
    } else {
      start(release);
    }
  }

  /** A canary's guard has seen enough. */
  @OnEvent
  public void on(EvaluationEvent.VerdictIssued verdict) {
    UUID id = verdict.releaseId();
    if (verdict.kind() != VerdictKind.CANARY || verdict.outcome() != Outcome.FAIL || id == null) {
      return;
    }
    Optional<Release> release = releases.findById(id);
    if (release.isPresent() && release.get().state() == State.CANARY) {
      serialise(release.get());
      release.get().halt("canary guard: " + String.join("; ", verdict.reasons()), clock.instant());
      tell(release.get());
      startNext(release.get());
    }
  }

  @Transactional
  Release promote(UUID id, String reason) {
    Release release = locked(id);
    requireCanary(release, "promoted");
    replace(release, reason);
    startNext(release);
    return release;
  }

  @Transactional
  Release halt(UUID id, String reason) {
    Release release = locked(id);
    release.halt(reason, clock.instant());
    tell(release);
    startNext(release);
    return release;
  }

  /** The former release serves again; it was approved before, so nobody is asked. */
  @Transactional
  Release rollBack(UUID id, String reason) {
    Release release = locked(id);
    Instant now = clock.instant();
    if (release.state() == State.CANARY) {
      release.rollBack(reason, now);
      tell(release);
      startNext(release);
      return release;
    }
    UUID previous = release.previousId();
    Optional<Release> former = previous == null ? Optional.empty() : releases.findById(previous);
    if (release.state() == State.ACTIVE && former.isEmpty()) {
      throw new Problem(
          InferenceProblem.NOTHING_TO_ROLL_BACK_TO,
          "This is the first release here: release another variant in its place.");
    }
    release.rollBack(reason, now);
    tell(release);
    Release again = former.orElseThrow();
    again.resume("release " + release.id() + " was rolled back: " + reason, now);
    tell(again);
    return release;
  }

  @Transactional(readOnly = true)
  Optional<Release> read(UUID id) {
    return releases.findById(id);
  }

  /** Newest first. */
  @Transactional(readOnly = true)
  Page<Release> list(@Nullable String application, PageRequest page) {
    UUID before = page.after(UUID::fromString, new UUID(-1, -1));
    Limit limit = Limit.of(page.fetch());
    List<Release> rows =
        application == null
            ? releases.findByIdLessThanOrderByIdDesc(before, limit)
            : releases.findByApplicationAndIdLessThanOrderByIdDesc(application, before, limit);
    long count = application == null ? releases.count() : releases.countByApplication(application);
    return Page.of(rows, page, row -> List.of(row.id().toString()), count);
  }

  private Release locked(UUID id) {
    Release release = releases.findById(id).orElseThrow(Problem::notFound);
    serialise(release);
    return release;
  }

  private static void requireCanary(Release release, String what) {
    if (release.state() != State.CANARY) {
      throw new Problem(
          InferenceProblem.RELEASE_STATE,
          "The release is %s; only a canary can be %s.".formatted(release.state(), what));
    }
  }

  private void start(Release release) {
    Optional<Release> former = serving(release.application(), release.environment());
    if (release.canaryPercent() > 0 && former.isPresent()) {
      release.tryBeside(former.get(), clock.instant());
      tell(release);
    } else {
      replace(
          release,
          release.canaryPercent() > 0
              ? "nothing served here before, so there is nothing to try it beside"
              : null);
    }
  }

  private void replace(Release release, @Nullable String reason) {
    Optional<Release> former = serving(release.application(), release.environment());
    former.ifPresent(active -> {
      active.supersede(clock.instant());
      tell(active);
    });
    release.activate(former.orElse(null), reason, clock.instant());
    tell(release);
  }

  private void startNext(Release ended) {
    releases
        .findFirstByApplicationAndEnvironmentAndStateOrderByRequestedAtAsc(
            ended.application(), ended.environment(), State.APPROVED)
        .ifPresent(this::start);
  }

  private Optional<Release> serving(String application, String environment) {
    return releases.findByApplicationAndEnvironmentAndState(application, environment, State.ACTIVE);
  }

  /**
   * Flushed one by one: at most one release of an environment is active, at every moment in between
   * too.
   */
  private void tell(Release release) {
    Release saved = releases.saveAndFlush(release);
    UUID previous = saved.previousId();
    Digest former =
        previous == null ? null : releases.findById(previous).map(Release::variant).orElse(null);
    outbox.append(
        new InferenceEvent.ReleaseChanged(
            saved.id(),
            saved.application(),
            saved.environment(),
            saved.variant(),
            former,
            saved.state().name(),
            saved.percent(),
            saved.reason()),
        saved.id().toString(),
        saved.aggregateVersion());
    views.changed();
  }

  /**
   * Held to the end of the transaction. What was read before may be stale then; its version says so
   * when it is saved.
   */
  private void serialise(Release release) {
    String scope =
        Caller.current().workspace() + "/" + release.application() + "/" + release.environment();
    sql.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")
        .params(scope)
        .query((row, index) -> 0)
        .single();
  }
}
