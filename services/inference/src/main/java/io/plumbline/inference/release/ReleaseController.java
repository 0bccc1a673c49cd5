package io.plumbline.inference.release;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.inference.authorship.NamesVariant;
import io.plumbline.inference.gate.VariantEvidence;
import io.plumbline.inference.withdrawal.WithdrawalPolicy;
import io.plumbline.inference.withdrawal.WithdrawnData;
import io.plumbline.inference.withdrawal.WithdrawnPart;
import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/releases")
class ReleaseController {

  private static final String REQUESTERS = "hasAnyRole('ML_ENGINEER', 'PROMPT_ENGINEER')";
  private static final String OPERATORS = "hasRole('SRE')";
  private static final Set<ReleaseState> ENDED =
      EnumSet.of(
          ReleaseState.REJECTED,
          ReleaseState.BLOCKED,
          ReleaseState.HALTED,
          ReleaseState.ROLLED_BACK,
          ReleaseState.SUPERSEDED);

  /** The fewest answers of a canary that a release may register; a guard judges none before. */
  static final int MIN_CANARY_ANSWERS = 20;

  static final int MAX_CANARY_ANSWERS = 1_000_000;

  /**
   * The release to request.
   *
   * @param verdictId the newest verdict for exactly this variant, such as one of kind RELEASE
   * @param override the reason for releasing against a failed verdict
   * @param canaryPercent the canary's share of the traffic; 0 or absent replaces the former release
   *     without a canary
   * @param canaryAnswers the answers of the canary that have to be compared with the former release
   *     before it is promoted; without a canary it means nothing
   */
  record CreateRelease(
      @NotBlank @Size(max = 100) String application,
      @Nullable
          @Pattern(
              regexp = ReleaseSettings.ENVIRONMENT,
              message = ReleaseSettings.ENVIRONMENT_MESSAGE)
          String environment,
      @NotNull Digest variantDigest,
      @Nullable UUID verdictId,
      @Nullable @Size(min = 10, max = 2_000) String override,
      @Nullable @Min(0) @Max(99) Integer canaryPercent,
      @Nullable @Min(MIN_CANARY_ANSWERS) @Max(MAX_CANARY_ANSWERS) Integer canaryAnswers)
      implements NamesVariant {}

  /**
   * The reason for promoting a canary.
   *
   * @param override the reason for promoting it before it has the evidence that its release
   *     registered, by a person who did not request the release
   */
  record PromoteRelease(
      @NotBlank @Size(max = 2_000) String reason,
      @Nullable @Size(min = 10, max = 2_000) String override) {}

  record ReleaseReason(@NotBlank @Size(max = 2_000) String reason) {}

  /**
   * The reason for a rollback.
   *
   * @param acknowledge true when the caller accepts the objections to the release that will serve
   *     again, such as a superseded verdict; required only when there are any
   */
  record RollBackRelease(
      @NotBlank @Size(max = 2_000) String reason, @Nullable Boolean acknowledge) {}

  record ReleaseView(
      UUID releaseId,
      String application,
      String environment,
      Digest variantDigest,
      @Nullable UUID previousReleaseId,
      UUID verdictId,
      @Nullable String override,
      int canaryPercent,
      @Nullable Integer canaryAnswers,
      ReleaseState state,
      int percent,
      @Nullable String reason,
      String requester,
      Instant requestedAt,
      Instant changedAt,
      @Nullable WithdrawalView withdrawal) {

    static ReleaseView from(Release release, @Nullable WithdrawalView withdrawal) {
      return new ReleaseView(
          release.id(),
          release.application(),
          release.environment(),
          release.variant(),
          release.previousId(),
          release.verdictId(),
          release.overrideReason(),
          release.canaryPercent(),
          release.canaryAnswers(),
          release.state(),
          release.percent(),
          release.reason(),
          release.requester(),
          release.requestedAt(),
          release.changedAt(),
          withdrawal);
    }
  }

  /**
   * The withdrawn data that a release stands on.
   *
   * @param since the time of the first withdrawal
   * @param goesBackAt the time at which the release goes back by itself; absent where no policy
   *     sets a deadline
   */
  record WithdrawalView(Instant since, @Nullable Instant goesBackAt, List<WithdrawnPart> parts) {}

  /**
   * The environments that a release may name.
   *
   * @param environments the names, those of the installation first
   */
  record EnvironmentsView(List<String> environments) {}

  private final ReleaseLifecycle releases;
  private final Environments environments;
  private final TrafficRouter trafficRouter;
  private final VariantEvidence evidence;
  private final ReleaseSettings settings;
  private final WithdrawnData data;
  private final WithdrawalPolicy policy;

  ReleaseController(
      ReleaseLifecycle releases,
      Environments environments,
      TrafficRouter trafficRouter,
      VariantEvidence evidence,
      ReleaseSettings settings,
      WithdrawnData data,
      WithdrawalPolicy policy) {
    this.releases = releases;
    this.environments = environments;
    this.trafficRouter = trafficRouter;
    this.evidence = evidence;
    this.settings = settings;
    this.data = data;
    this.policy = policy;
  }

  private ReleaseView toView(Release release) {
    return ReleaseView.from(release, withdrawalOf(release));
  }

  /** Returns the withdrawn data that a release stands on; null where it ended or stands on none. */
  private @Nullable WithdrawalView withdrawalOf(Release release) {
    if (ENDED.contains(release.state())) {
      return null;
    }
    List<WithdrawnPart> parts = data.of(release.variant(), release.requestedAt());
    if (parts.isEmpty()) {
      return null;
    }
    return new WithdrawalView(
        parts.stream().map(WithdrawnPart::since).min(Instant::compareTo).orElseThrow(),
        policy
            .deadline(release.application(), release.environment(), parts)
            .map(WithdrawalPolicy.Deadline::at)
            .orElse(null),
        parts);
  }

  @Operation(summary = "Request the release of a variant, which a second person approves")
  @PostMapping
  @PreAuthorize(REQUESTERS)
  @Idempotent
  @ResponseStatus(HttpStatus.ACCEPTED)
  public ResponseEntity<ReleaseView> createRelease(@RequestBody @Valid CreateRelease command) {
    String environment =
        Objects.requireNonNullElse(command.environment, TrafficRouter.DEFAULT_ENVIRONMENT);
    int canary = Objects.requireNonNullElse(command.canaryPercent, 0);
    evidence.requireComplete(command.variantDigest);
    Release release =
        releases.request(
            command.application,
            environment,
            command.variantDigest,
            command.verdictId,
            command.override,
            canary,
            Objects.requireNonNullElse(command.canaryAnswers, settings.canaryAnswers()));
    return ResponseEntity.accepted()
        .location(URI.create("/api/releases/" + release.id()))
        .body(toView(release));
  }

  @Operation(summary = "List releases, newest first")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<ReleaseView> listReleases(
      @RequestParam(required = false) @Nullable String application, PageRequest page) {
    Page<Release> found = releases.list(application, page);
    return found.map(this::toView);
  }

  @Operation(
      summary = "List the environments that a release of an application may name",
      description =
          "Those of the installation, and those where the application already has a release that"
              + " was not rejected.")
  @GetMapping("/environments")
  @PreAuthorize("hasRole('VIEWER')")
  public EnvironmentsView listEnvironments(
      @RequestParam @NotBlank @Size(max = 100) String application) {
    return new EnvironmentsView(environments.allowedForApplication(application));
  }

  @Operation(summary = "Get a release; requests that follow are served as it says")
  @GetMapping("/{releaseId}")
  @PreAuthorize("hasRole('VIEWER')")
  public ReleaseView getRelease(@PathVariable UUID releaseId) {
    ReleaseView release = releases.get(releaseId).map(this::toView).orElseThrow(Problem::notFound);
    trafficRouter.reload();
    return release;
  }

  @Operation(
      summary = "Withdraw your own request before it is decided",
      description =
          "The release ends REJECTED; its reason begins with 'withdrawn by its requester: '. Its"
              + " request for approval ends without a decision.")
  @PostMapping("/{releaseId}/withdraw")
  @PreAuthorize(REQUESTERS)
  @Idempotent
  @ResponseStatus(HttpStatus.OK)
  public ResponseEntity<ReleaseView> withdrawRelease(
      @PathVariable UUID releaseId, @RequestBody @Valid ReleaseReason body) {
    return ResponseEntity.ok(toView(releases.withdraw(releaseId, body.reason)));
  }

  @Operation(
      summary =
          "Promote a canary to all traffic, once it was compared in as many answers as its release"
              + " registered; before, another person than its requester overrides that")
  @PostMapping("/{releaseId}/promote")
  @PreAuthorize(OPERATORS)
  @Idempotent
  @ResponseStatus(HttpStatus.OK)
  public ResponseEntity<ReleaseView> promoteRelease(
      @PathVariable UUID releaseId, @RequestBody @Valid PromoteRelease body) {
    releases.get(releaseId).map(Release::variant).ifPresent(evidence::requireComplete);
    return ResponseEntity.ok(toView(releases.promote(releaseId, body.reason, body.override)));
  }

  @Operation(summary = "Halt a canary; the former release serves all traffic")
  @PostMapping("/{releaseId}/halt")
  @PreAuthorize(OPERATORS)
  @LedgerExempt
  public ReleaseView haltRelease(
      @PathVariable UUID releaseId, @RequestBody @Valid ReleaseReason body) {
    return toView(releases.halt(releaseId, body.reason));
  }

  @Operation(
      summary =
          "Roll back a release; the former release serves again, with acknowledge when evidence"
              + " stands against it by now")
  @PostMapping("/{releaseId}/rollback")
  @PreAuthorize(OPERATORS)
  @LedgerExempt
  public ReleaseView rollBackRelease(
      @PathVariable UUID releaseId, @RequestBody @Valid RollBackRelease body) {
    return toView(releases.rollBack(releaseId, body.reason, Boolean.TRUE.equals(body.acknowledge)));
  }
}
