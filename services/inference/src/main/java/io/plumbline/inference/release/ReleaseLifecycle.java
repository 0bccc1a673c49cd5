package io.plumbline.inference.release;

import io.plumbline.contracts.ComplianceEvent;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent;
import io.plumbline.contracts.InferenceEvent;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Decision;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.cache.WorkspaceCaches;
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
 * Moves releases through their states. Changes of one environment of an application are serialised.
 */
@Component
class ReleaseLifecycle {

  private final Releases releases;
  private final ReleaseGate gate;
  private final VariantCatalog variants;
  private final Outbox outbox;
  private final WorkspaceCaches caches;
  private final JdbcClient sql;
  private final Clock clock;

  ReleaseLifecycle(
      Releases releases,
      ReleaseGate gate,
      VariantCatalog variants,
      Outbox outbox,
      WorkspaceCaches caches,
      JdbcClient sql,
      Clock clock) {
    this.releases = releases;
    this.gate = gate;
    this.variants = variants;
    this.outbox = outbox;
    this.caches = caches;
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
    Variant variant = variants.get(digest).orElseThrow(() -> Problem.notYetKnown("/variantDigest"));
    if (!variant.application().equals(application)) {
      throw Problem.invalid(
          "/variantDigest",
          "must be a variant of application %s; it is one of %s"
              .formatted(application, variant.application()));
    }
    gate.check(variant, environment, verdictId, override, canaryPercent);
    Caller caller = Caller.current();
    UUID verdict = Objects.requireNonNull(verdictId);
    Release.Request request =
        new Release.Request(application, environment, digest, verdict, override, canaryPercent);
    Release release =
        releases.saveAndFlush(
            new Release(Ids.next(), caller.workspace(), request, caller.actor(), clock.instant()));
    Digest active = active(application, environment).map(Release::variant).orElse(null);
    outbox.append(
        new InferenceEvent.ReleaseRequested(
            release.id(),
            application,
            environment,
            digest,
            active,
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
        || requested.get().state() != ReleaseState.REQUESTED
        || !requested.get().variant().equals(decided.subjectDigest())) {
      return;
    }
    Release release = requested.get();
    serialise(release);
    if (decided.decision() != Decision.APPROVED) {
      release.reject(decided.reason(), clock.instant());
      save(release);
      return;
    }
    Optional<Release> canary =
        releases.findByApplicationAndEnvironmentAndState(
            release.application(), release.environment(), ReleaseState.CANARY);
    if (canary.isPresent()) {
      release.approve(
          "waits for the canary of release " + canary.get().id() + " to end", clock.instant());
      save(release);
    } else {
      start(release);
    }
  }

  /** A failed canary analysis halts the canary. */
  @OnEvent
  public void on(EvaluationEvent.VerdictIssued verdict) {
    UUID id = verdict.releaseId();
    if (verdict.kind() != VerdictKind.CANARY || verdict.outcome() != Outcome.FAIL || id == null) {
      return;
    }
    Optional<Release> release = releases.findById(id);
    if (release.isPresent() && release.get().state() == ReleaseState.CANARY) {
      serialise(release.get());
      release
          .get()
          .halt("canary analysis failed: " + String.join("; ", verdict.reasons()), clock.instant());
      save(release.get());
      startNext(release.get());
    }
  }

  @Transactional
  Release promote(UUID id, String reason) {
    Release release = lock(id);
    requireCanary(release, "promoted");
    replace(release, reason);
    startNext(release);
    return release;
  }

  @Transactional
  Release halt(UUID id, String reason) {
    Release release = lock(id);
    release.halt(reason, clock.instant());
    save(release);
    startNext(release);
    return release;
  }

  /** The former release serves again, without a new approval: it was approved before. */
  @Transactional
  Release rollBack(UUID id, String reason) {
    Release release = lock(id);
    Instant now = clock.instant();
    if (release.state() == ReleaseState.CANARY) {
      release.rollBack(reason, now);
      save(release);
      startNext(release);
      return release;
    }
    UUID previous = release.previousId();
    Optional<Release> former = previous == null ? Optional.empty() : releases.findById(previous);
    if (release.state() == ReleaseState.ACTIVE && former.isEmpty()) {
      throw new Problem(
          InferenceProblem.NOTHING_TO_ROLL_BACK_TO,
          "Nothing was released here before this release. Release another variant to replace it.");
    }
    release.rollBack(reason, now);
    save(release);
    Release resumed = former.orElseThrow();
    resumed.resume("release " + release.id() + " was rolled back: " + reason, now);
    save(resumed);
    return release;
  }

  @Transactional(readOnly = true)
  Optional<Release> get(UUID id) {
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

  private Release lock(UUID id) {
    Release release = releases.findById(id).orElseThrow(Problem::notFound);
    serialise(release);
    return release;
  }

  private static void requireCanary(Release release, String action) {
    if (release.state() != ReleaseState.CANARY) {
      throw new Problem(
          InferenceProblem.RELEASE_STATE,
          "The release is %s; only a canary can be %s.".formatted(release.state(), action));
    }
  }

  private void start(Release release) {
    Optional<Release> former = active(release.application(), release.environment());
    if (release.canaryPercent() > 0 && former.isPresent()) {
      release.startCanary(former.get(), clock.instant());
      save(release);
    } else {
      replace(
          release,
          release.canaryPercent() > 0
              ? "no canary, because nothing was released here before"
              : null);
    }
  }

  private void replace(Release release, @Nullable String reason) {
    Optional<Release> former = active(release.application(), release.environment());
    former.ifPresent(active -> {
      active.supersede(clock.instant());
      save(active);
    });
    release.activate(former.orElse(null), reason, clock.instant());
    save(release);
  }

  private void startNext(Release ended) {
    releases
        .findFirstByApplicationAndEnvironmentAndStateOrderByRequestedAtAsc(
            ended.application(), ended.environment(), ReleaseState.APPROVED)
        .ifPresent(this::start);
  }

  private Optional<Release> active(String application, String environment) {
    return releases.findByApplicationAndEnvironmentAndState(
        application, environment, ReleaseState.ACTIVE);
  }

  /**
   * Flushed one by one, so that at most one release of an environment is active at every moment in
   * between.
   */
  private void save(Release release) {
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
            saved.state(),
            saved.percent(),
            saved.reason()),
        saved.id().toString(),
        saved.aggregateVersion());
    caches.reloadAfterCommit();
  }

  /**
   * Locks the environment to the end of the transaction. A release that was read before may be
   * stale; saving it then fails by its version.
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
