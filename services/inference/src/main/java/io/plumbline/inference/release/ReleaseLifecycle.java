package io.plumbline.inference.release;

import io.plumbline.contracts.ComplianceEvent;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Decision;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantAvailability;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Moves releases through their states. Changes of one environment of an application are serialised.
 */
@Component
class ReleaseLifecycle {

  private static final String EVIDENCE_WAIT =
      "waits until everything that was published before its approval has been read";

  private final Releases releases;
  private final ReleaseRecorder recorder;
  private final ReleaseGate gate;
  private final RollbackGate rollbacks;
  private final Environments environments;
  private final VariantCatalog variants;
  private final VariantAvailability availability;
  private final Clock clock;

  ReleaseLifecycle(
      Releases releases,
      ReleaseRecorder recorder,
      ReleaseGate gate,
      RollbackGate rollbacks,
      Environments environments,
      VariantCatalog variants,
      VariantAvailability availability,
      Clock clock) {
    this.releases = releases;
    this.recorder = recorder;
    this.gate = gate;
    this.rollbacks = rollbacks;
    this.environments = environments;
    this.variants = variants;
    this.availability = availability;
    this.clock = clock;
  }

  @Transactional
  Release request(
      String application,
      String environment,
      Digest digest,
      @Nullable UUID verdictId,
      @Nullable String override,
      int canaryPercent,
      int canaryAnswers) {
    Variant variant = variants.get(digest).orElseThrow(() -> Problem.notYetKnown("/variantDigest"));
    if (!variant.application().equals(application)) {
      throw Problem.invalid(
          "/variantDigest",
          "must be a variant of application %s; it is one of %s"
              .formatted(application, variant.application()));
    }
    environments.requireKnown(application, environment, "/environment");
    availability.lockConnections(variant);
    Optional<Release> active = findActive(application, environment);
    findEquivalentActive(active, digest, override)
        .ifPresent(serving -> {
          throw alreadyServingProblem(serving);
        });
    GateAnswer.Open open =
        gate.requireOpen(
            new GateQuestion(
                variant, environment, active.orElse(null), verdictId, override, canaryPercent));
    Caller caller = Caller.current();
    Release.Request request =
        new Release.Request(
            application,
            environment,
            digest,
            open.verdict().id(),
            override,
            canaryPercent,
            canaryPercent == 0 ? null : Integer.valueOf(canaryAnswers));
    Release release =
        new Release(Ids.next(), caller.workspace(), request, caller.actor(), clock.instant());
    return recorder.recordRequest(release, active, variants.authors(variant), open.refresh());
  }

  /** Withdraws the caller's own request for a release that nobody has decided yet. */
  @Transactional
  Release withdraw(UUID id, String reason) {
    Release release = lockRelease(id);
    release.withdraw(Caller.current().actor(), reason, clock.instant());
    recorder.recordChange(release);
    return release;
  }

  @OnEvent
  public void on(ComplianceEvent.ApprovalDecided decided) {
    if (!decided.decides(ReleaseRequested.class)) {
      return;
    }
    Optional<Release> requested = releases.findById(decided.requestId());
    if (requested.isEmpty()
        || requested.get().state() != ReleaseState.REQUESTED
        || !requested.get().variant().equals(decided.subjectDigest())) {
      return;
    }
    Release release = requested.get();
    environments.lock(release);
    if (decided.decision() != Decision.APPROVED) {
      release.reject(decided.reason(), clock.instant());
      recorder.recordChange(release);
      return;
    }
    release.approve(
        findCanary(release).map(ReleaseLifecycle::canaryWait).orElse(EVIDENCE_WAIT),
        clock.instant());
    recorder.recordChange(release);
    recorder.requestStart(release, "approval.decided");
  }

  /**
   * Starts an approved release, blocks it if the gate is closed by now, or lets it wait for the
   * canary that is under way. Its evidence has been read to the end.
   *
   * @param action the name of the action that is denied
   */
  @Transactional
  void start(UUID id, String action) {
    Release release = lockRelease(id);
    if (release.state() != ReleaseState.APPROVED || blockIfGateClosed(release, action)) {
      return;
    }
    findCanary(release)
        .ifPresentOrElse(
            canary -> explainWait(release, canaryWait(canary)), () -> startServing(release));
  }

  /** Says why an approved release still waits. */
  @Transactional
  void explainWait(UUID id, String reason) {
    explainWait(lockRelease(id), reason);
  }

  private void explainWait(Release release, String reason) {
    if (release.state() == ReleaseState.APPROVED && !reason.equals(release.reason())) {
      release.explainWait(reason, clock.instant());
      recorder.recordChange(release);
    }
  }

  private static String canaryWait(Release canary) {
    return "waits for the canary of release " + canary.id() + " to end";
  }

  private Optional<Release> findCanary(Release release) {
    return releases.findByApplicationAndEnvironmentAndState(
        release.application(), release.environment(), ReleaseState.CANARY);
  }

  /** Halts a canary when its analysis issues any other verdict than PASS. */
  @OnEvent
  public void on(EvaluationEvent.VerdictIssued verdict) {
    UUID id = verdict.releaseId();
    if (verdict.kind() != VerdictKind.CANARY || verdict.outcome() == Outcome.PASS || id == null) {
      return;
    }
    Optional<Release> release = releases.findById(id);
    if (release.isPresent() && release.get().state() == ReleaseState.CANARY) {
      environments.lock(release.get());
      release.get().halt(haltReason(verdict), clock.instant());
      recorder.recordChange(release.get());
      startNext(release.get());
    }
  }

  private static String haltReason(EvaluationEvent.VerdictIssued verdict) {
    String reasons = String.join("; ", verdict.reasons());
    if (verdict.outcome() == Outcome.FAIL) {
      return "canary analysis failed: " + reasons;
    }
    return "canary analysis gave up: " + reasons;
  }

  /**
   * Lets a canary serve all traffic.
   *
   * @param override the reason for doing so before the canary has the evidence that its release
   *     registered; absent when it has
   */
  @Transactional
  Release promote(UUID id, String reason, @Nullable String override) {
    Release release = lockRelease(id);
    requireCanary(release, "promoted");
    if (askGate(release) instanceof GateAnswer.Closed(var problem)) {
      throw problem;
    }
    String recorded =
        gate.requireCanaryEvidence(
                release, findActive(release.application(), release.environment()), override)
            .map(overridden -> reason + "; " + overridden)
            .orElse(reason);
    replaceActive(release, recorded);
    startNext(release);
    return release;
  }

  @Transactional
  Release halt(UUID id, String reason) {
    return halt(lockRelease(id), reason);
  }

  private Release halt(Release release, String reason) {
    release.halt(reason, clock.instant());
    recorder.recordChange(release);
    startNext(release);
    return release;
  }

  /**
   * Lets the former release serve again, without a new approval, since it was approved before. A
   * canary is halted instead, because the former release is still active.
   *
   * @param acknowledged whether the caller knows what stands against the former release by now
   */
  @Transactional
  Release rollBack(UUID id, String reason, boolean acknowledged) {
    Release release = lockRelease(id);
    if (release.state() == ReleaseState.CANARY) {
      return halt(release, reason);
    }
    Instant now = clock.instant();
    Optional<Release> former = releases.findPrevious(release);
    if (release.state() == ReleaseState.ACTIVE && former.isEmpty()) {
      throw new Problem(
          InferenceProblem.NOTHING_TO_ROLL_BACK_TO,
          "Nothing was released here before this release. Release another variant to replace it.");
    }
    List<String> against =
        former
            .map(target -> rollbacks.requireAllowed(lockConnections(target), acknowledged))
            .orElse(List.of());
    resume(former.orElseThrow(), release, rollbackReason(reason, against), now);
    return release;
  }

  private void resume(Release former, Release release, String why, Instant now) {
    release.rollBack(why, now);
    recorder.recordChange(release);
    former.resume("release " + release.id() + " was rolled back: " + why, now);
    recorder.recordChange(former);
  }

  /**
   * Ends a release that serves without a request of a person. A canary is halted. In the place of
   * the active release the newest former one serves that holds by now; without one, nothing does.
   */
  @Transactional
  void goBack(Release release, String why) {
    if (release.state() == ReleaseState.CANARY) {
      halt(release, why);
      return;
    }
    Optional<Release> former = releases.findPrevious(release);
    while (former.isPresent() && !rollbacks.holds(lockConnections(former.get()))) {
      former = releases.findPrevious(former.get());
    }
    Instant now = clock.instant();
    if (former.isPresent()) {
      resume(former.get(), release, why, now);
    } else {
      release.rollBack(why, now);
      recorder.recordChange(release);
      recorder.recordStopped(release);
    }
  }

  /** Locks the environment of a release, and then reads the release. */
  @Transactional
  Release lockAndRead(Release release) {
    environments.lock(release);
    return releases.findById(release.id()).orElseThrow(Problem::notFound);
  }

  private static String rollbackReason(String reason, List<String> against) {
    if (against.isEmpty()) {
      return reason;
    }
    return reason + "; acknowledged against what serves again: " + String.join("; ", against);
  }

  /** Returns the release that is active in an environment. */
  @Transactional(readOnly = true)
  Optional<Release> findActive(String application, String environment) {
    return releases.findByApplicationAndEnvironmentAndState(
        application, environment, ReleaseState.ACTIVE);
  }

  @Transactional(readOnly = true)
  Optional<Release> get(UUID id) {
    return releases.findById(id);
  }

  /** Lists releases, newest first. */
  @Transactional(readOnly = true)
  Page<Release> list(@Nullable String application, PageRequest page) {
    UUID before = page.afterId();
    Limit limit = Limit.of(page.fetchSize());
    if (application == null) {
      return toPage(releases.findByIdLessThanOrderByIdDesc(before, limit), page, releases.count());
    }
    return toPage(
        releases.findByApplicationAndIdLessThanOrderByIdDesc(application, before, limit),
        page,
        releases.countByApplication(application));
  }

  private static Page<Release> toPage(List<Release> rows, PageRequest page, long count) {
    return Page.of(rows, page, row -> List.of(row.id().toString()), count);
  }

  private Release lockRelease(UUID id) {
    Release release = releases.findById(id).orElseThrow(Problem::notFound);
    environments.lock(release);
    return release;
  }

  private static void requireCanary(Release release, String action) {
    if (release.state() != ReleaseState.CANARY) {
      throw new Problem(
          InferenceProblem.RELEASE_STATE,
          "The release is %s; only a canary can be %s.".formatted(release.state(), action));
    }
  }

  private void startServing(Release release) {
    Optional<Release> former = findActive(release.application(), release.environment());
    if (release.canaryPercent() > 0 && former.isPresent()) {
      release.startCanary(former.get(), clock.instant());
      recorder.recordChange(release);
    } else if (release.canaryPercent() > 0) {
      replaceActive(release, "no canary, because nothing was released here before");
    } else {
      replaceActive(release, null);
    }
  }

  private void replaceActive(Release release, @Nullable String reason) {
    Optional<Release> former = findActive(release.application(), release.environment());
    former.ifPresent(active -> {
      active.supersede(clock.instant());
      recorder.recordChange(active);
    });
    release.activate(former.orElse(null), reason, clock.instant());
    recorder.recordChange(release);
  }

  /**
   * Lets the approved releases of an environment start in the order of their requests, until one is
   * a canary.
   */
  private void startNext(Release ended) {
    releases
        .findByApplicationAndEnvironmentAndStateOrderByRequestedAtAsc(
            ended.application(), ended.environment(), ReleaseState.APPROVED)
        .forEach(waiting -> recorder.requestStart(waiting, "release.start"));
  }

  /**
   * Blocks a release whose evidence was superseded since it was requested, or whose variant serves
   * by now, and records why.
   *
   * @param action the name of the action that is denied
   */
  private boolean blockIfGateClosed(Release release, String action) {
    GateAnswer answer =
        findEquivalentActive(
                findActive(release.application(), release.environment()),
                release.variant(),
                release.overrideReason())
            .<GateAnswer>map(serving -> new GateAnswer.Closed(alreadyServingProblem(serving)))
            .orElseGet(() -> askGate(release));
    if (!(answer instanceof GateAnswer.Closed closed)) {
      return false;
    }
    release.block(closed.reason(), clock.instant());
    recorder.recordBlocked(release, action, closed);
    return true;
  }

  /**
   * Returns the active release if releasing its variant again would change nothing. It would change
   * something if the active release overrides its verdict and the new one does not.
   */
  private static Optional<Release> findEquivalentActive(
      Optional<Release> active, Digest variant, @Nullable String override) {
    return active
        .filter(serving -> serving.variant().equals(variant))
        .filter(serving -> serving.overrideReason() == null || override != null);
  }

  private static Problem alreadyServingProblem(Release serving) {
    return new Problem(
        InferenceProblem.ALREADY_SERVING,
        "Variant %s has served %s in %s since %s, by release %s. Release another variant."
            .formatted(
                serving.variant(),
                serving.application(),
                serving.environment(),
                serving.changedAt(),
                serving.id()));
  }

  private GateAnswer askGate(Release release) {
    Optional<Variant> variant = variants.get(release.variant());
    if (variant.isEmpty()) {
      return new GateAnswer.Closed(Problem.notYetKnown("/variantDigest"));
    }
    availability.lockConnections(variant.get());
    Release active = findActive(release.application(), release.environment()).orElse(null);
    return gate.decide(GateQuestion.of(release, variant.get(), active));
  }

  private Release lockConnections(Release release) {
    variants.get(release.variant()).ifPresent(availability::lockConnections);
    return release;
  }
}
