package io.plumbline.inference.release;

import static io.plumbline.contracts.state.ReleaseState.ACTIVE;
import static io.plumbline.contracts.state.ReleaseState.APPROVED;
import static io.plumbline.contracts.state.ReleaseState.BLOCKED;
import static io.plumbline.contracts.state.ReleaseState.CANARY;
import static io.plumbline.contracts.state.ReleaseState.HALTED;
import static io.plumbline.contracts.state.ReleaseState.REJECTED;
import static io.plumbline.contracts.state.ReleaseState.REQUESTED;
import static io.plumbline.contracts.state.ReleaseState.ROLLED_BACK;
import static io.plumbline.contracts.state.ReleaseState.SUPERSEDED;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.platform.data.DigestConverter;
import io.plumbline.platform.data.VersionedEntity;
import io.plumbline.platform.problem.Problem;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** The release of one variant into one environment of its application. */
@Entity
// The database rejects changes of anything but the state.
@DynamicUpdate
@Table(name = "release")
public class Release extends VersionedEntity {

  /**
   * The content of a request for a release.
   *
   * @param canaryAnswers the compared answers with which the canary may be promoted; absent without
   *     a canary
   */
  record Request(
      String application,
      String environment,
      Digest variant,
      UUID verdictId,
      @Nullable String override,
      int canaryPercent,
      @Nullable Integer canaryAnswers) {

    Request(
        String application,
        String environment,
        Digest variant,
        UUID verdictId,
        @Nullable String override,
        int canaryPercent) {
      this(application, environment, variant, verdictId, override, canaryPercent, null);
    }
  }

  @Id
  @Column(name = "release_id")
  private UUID id;

  @Column(name = "workspace_id")
  private UUID workspaceId;

  private String application;
  private String environment;

  @Column(name = "variant_digest")
  @Convert(converter = DigestConverter.class)
  private Digest variant;

  @Column(name = "previous_release_id")
  private @Nullable UUID previousId;

  @Column(name = "verdict_id")
  private UUID verdictId;

  @Column(name = "override_reason")
  private @Nullable String override;

  @Column(name = "canary_percent")
  private int canaryPercent;

  @Column(name = "canary_answers")
  private @Nullable Integer canaryAnswers;

  @Enumerated(EnumType.STRING)
  private ReleaseState state = REQUESTED;

  private @Nullable String reason;
  private String requester;

  @Column(name = "requested_at")
  private Instant requestedAt;

  @Column(name = "changed_at")
  private Instant changedAt;

  // Hibernate sets the fields right after this constructor.
  @SuppressWarnings("NullAway.Init")
  protected Release() {}

  Release(UUID id, UUID workspace, Request request, String requester, Instant now) {
    this.id = id;
    this.workspaceId = workspace;
    this.application = request.application;
    this.environment = request.environment;
    this.variant = request.variant;
    this.verdictId = request.verdictId;
    this.override = request.override;
    this.canaryPercent = request.canaryPercent;
    this.canaryAnswers = request.canaryAnswers;
    this.requester = requester;
    this.requestedAt = now;
    this.changedAt = now;
  }

  void reject(@Nullable String why, Instant now) {
    transition(EnumSet.of(REQUESTED), REJECTED, why, now);
  }

  /**
   * Takes back a request that nobody has decided; it ends rejected, with a reason that says so.
   *
   * @param person the caller, who may withdraw only their own request
   */
  void withdraw(String person, String why, Instant now) {
    if (!person.equals(requester)) {
      throw new Problem(
          InferenceProblem.NOT_THE_REQUESTER,
          "Only its requester can withdraw a release, and another person requested this one. An"
              + " approver can reject it instead.");
    }
    if (state != REQUESTED) {
      throw new Problem(
          InferenceProblem.RELEASE_STATE,
          "The release has been %s since %s. Only a request that nobody has decided can be withdrawn."
              .formatted(state, changedAt));
    }
    transition(EnumSet.of(REQUESTED), REJECTED, "withdrawn by its requester: " + why, now);
  }

  /**
   * Blocks a release that was approved, because the gate no longer holds or its variant serves
   * already. It has to be requested again.
   */
  void block(String why, Instant now) {
    transition(EnumSet.of(REQUESTED, APPROVED), BLOCKED, why, now);
  }

  /** Approves the release, which then waits for its evidence or for another release's canary. */
  void approve(String why, Instant now) {
    transition(EnumSet.of(REQUESTED), APPROVED, why, now);
  }

  /** Says why an approved release still waits. */
  void explainWait(String why, Instant now) {
    transition(EnumSet.of(APPROVED), APPROVED, why, now);
  }

  /**
   * Starts the canary.
   *
   * @param former the release that serves the rest of the traffic
   */
  void startCanary(Release former, Instant now) {
    transition(EnumSet.of(REQUESTED, APPROVED), CANARY, null, now);
    previousId = former.id;
  }

  /**
   * Lets the release serve all traffic.
   *
   * @param former the release that it replaces; absent for the first release of an environment
   */
  void activate(@Nullable Release former, @Nullable String why, Instant now) {
    transition(EnumSet.of(REQUESTED, APPROVED, CANARY), ACTIVE, why, now);
    previousId = former == null ? null : former.id;
  }

  void supersede(Instant now) {
    transition(EnumSet.of(ACTIVE), SUPERSEDED, null, now);
  }

  void halt(String why, Instant now) {
    transition(EnumSet.of(CANARY), HALTED, why, now);
  }

  void rollBack(String why, Instant now) {
    transition(EnumSet.of(ACTIVE), ROLLED_BACK, why, now);
  }

  /** Lets the release serve again after the one that superseded it was rolled back. */
  void resume(String why, Instant now) {
    transition(EnumSet.of(SUPERSEDED), ACTIVE, why, now);
  }

  private void transition(
      Set<ReleaseState> from, ReleaseState to, @Nullable String why, Instant now) {
    if (!from.contains(state)) {
      throw new Problem(
          InferenceProblem.RELEASE_STATE,
          "The release is %s; only a release that is %s can become %s."
              .formatted(
                  state,
                  from.stream().map(Enum::name).sorted().collect(Collectors.joining(" or ")),
                  to));
    }
    state = to;
    reason = why;
    changedAt = now;
  }

  UUID id() {
    return id;
  }

  String application() {
    return application;
  }

  String environment() {
    return environment;
  }

  Digest variant() {
    return variant;
  }

  @Nullable UUID previousId() {
    return previousId;
  }

  UUID verdictId() {
    return verdictId;
  }

  @Nullable String overrideReason() {
    return override;
  }

  int canaryPercent() {
    return canaryPercent;
  }

  /**
   * Returns the compared answers with which the canary may be promoted; absent for a release that
   * registered none.
   */
  @Nullable Integer canaryAnswers() {
    return canaryAnswers;
  }

  ReleaseState state() {
    return state;
  }

  /** Returns the share of the traffic that the release serves, in percent. */
  int percent() {
    return switch (state) {
      case ACTIVE -> 100;
      case CANARY -> canaryPercent;
      case REQUESTED, APPROVED, REJECTED, BLOCKED, HALTED, ROLLED_BACK, SUPERSEDED -> 0;
    };
  }

  @Nullable String reason() {
    return reason;
  }

  String requester() {
    return requester;
  }

  Instant requestedAt() {
    return requestedAt;
  }

  Instant changedAt() {
    return changedAt;
  }

  @Override
  public String toString() {
    return "Release[" + id + " of " + workspaceId + ", " + state + "]";
  }
}
