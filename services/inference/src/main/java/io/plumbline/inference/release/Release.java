package io.plumbline.inference.release;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.platform.problem.Problem;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One variant's way into one environment of its application. */
@Entity
@Table(name = "release")
public class Release {

  /** Where a release stands. */
  public enum State {
    /** Waits for a second person. */
    REQUESTED,
    /** Approved, and waits for another release's trial to end. */
    APPROVED,
    REJECTED,
    /** Serves a part of the traffic beside the former release. */
    CANARY,
    ACTIVE,
    /** Its trial was ended, by its guard or by a person. */
    HALTED,
    ROLLED_BACK,
    /** Another release took its place; it may serve again without a new approval. */
    SUPERSEDED
  }

  /** What is asked for. */
  record Request(
      String application,
      String environment,
      Digest variant,
      UUID verdictId,
      @Nullable String override,
      int canaryPercent) {}

  @Id private UUID id = new UUID(0, 0);

  @Column(name = "workspace_id")
  private UUID workspaceId = new UUID(0, 0);

  private String application = "";
  private String environment = "";

  @Column(name = "variant_digest")
  private String variantDigest = "";

  @Column(name = "previous_id")
  private @Nullable UUID previousId;

  @Column(name = "verdict_id")
  private UUID verdictId = new UUID(0, 0);

  @Column(name = "override_reason")
  private @Nullable String override;

  @Column(name = "canary_percent")
  private int canaryPercent;

  @Enumerated(EnumType.STRING)
  private State state = State.REQUESTED;

  private @Nullable String reason;
  private String requester = "";

  @Column(name = "requested_at")
  private Instant requestedAt = Instant.EPOCH;

  @Column(name = "changed_at")
  private Instant changedAt = Instant.EPOCH;

  @Version private @Nullable Long version;

  protected Release() {}

  Release(UUID id, UUID workspace, Request request, String requester, Instant now) {
    this.id = id;
    this.workspaceId = workspace;
    this.application = request.application;
    this.environment = request.environment;
    this.variantDigest = request.variant.hex();
    this.verdictId = request.verdictId;
    this.override = request.override;
    this.canaryPercent = request.canaryPercent;
    this.requester = requester;
    this.requestedAt = now;
    this.changedAt = now;
  }

  void reject(@Nullable String why, Instant now) {
    move(Set.of(State.REQUESTED), State.REJECTED, why, now);
  }

  /** Approved, but another trial is under way. */
  void approve(String why, Instant now) {
    move(Set.of(State.REQUESTED), State.APPROVED, why, now);
  }

  /**
   * @param former what serves the rest of the traffic
   */
  void tryBeside(Release former, Instant now) {
    move(Set.of(State.REQUESTED, State.APPROVED), State.CANARY, null, now);
    previousId = former.id;
  }

  /**
   * @param former what it takes the place of; absent for the first release of an environment
   */
  void activate(@Nullable Release former, @Nullable String why, Instant now) {
    move(Set.of(State.REQUESTED, State.APPROVED, State.CANARY), State.ACTIVE, why, now);
    previousId = former == null ? null : former.id;
  }

  void supersede(Instant now) {
    move(Set.of(State.ACTIVE), State.SUPERSEDED, null, now);
  }

  void halt(String why, Instant now) {
    move(Set.of(State.CANARY), State.HALTED, why, now);
  }

  void rollBack(String why, Instant now) {
    move(Set.of(State.ACTIVE, State.CANARY), State.ROLLED_BACK, why, now);
  }

  /** Serves again after what superseded it was rolled back. */
  void resume(String why, Instant now) {
    move(Set.of(State.SUPERSEDED), State.ACTIVE, why, now);
  }

  private void move(Set<State> from, State to, @Nullable String why, Instant now) {
    if (!from.contains(state)) {
      throw new Problem(
          InferenceProblem.RELEASE_STATE,
          "The release is %s; only one that is %s can become %s."
              .formatted(
                  state, String.join(" or ", from.stream().map(Enum::name).sorted().toList()), to));
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
    return new Digest(variantDigest);
  }

  @Nullable UUID previousId() {
    return previousId;
  }

  UUID verdictId() {
    return verdictId;
  }

  @Nullable String override() {
    return override;
  }

  int canaryPercent() {
    return canaryPercent;
  }

  State state() {
    return state;
  }

  /** How much of the traffic it serves. */
  int percent() {
    return switch (state) {
      case ACTIVE -> 100;
      case CANARY -> canaryPercent;
      case REQUESTED, APPROVED, REJECTED, HALTED, ROLLED_BACK, SUPERSEDED -> 0;
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

  /** Counts from 1, as events do. */
  long aggregateVersion() {
    return version == null ? 1 : version + 1;
  }

  @Override
  public String toString() {
    return "Release[" + id + " of " + workspaceId + ", " + state + "]";
  }
}
