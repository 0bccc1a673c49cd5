package io.plumbline.compliance.approval;

import io.plumbline.contracts.ComplianceEvent.DecidingPolicy;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.DigestConverter;
import io.plumbline.platform.data.VersionedEntity;
import io.plumbline.platform.identity.Caller;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A request that a second person has to decide or has decided. */
@Entity
// The database refuses every update except that of a decision.
@DynamicUpdate
class Approval extends VersionedEntity {

  static final String EXPIRY_REASON = "nobody decided in time";

  /** The result of an attempt to decide. */
  sealed interface Attempt {}

  record Decided() implements Attempt {}

  /** The same person decided the same before, for the same reason. */
  record AlreadyDecided() implements Attempt {}

  /** The requester and the authors cannot decide. */
  record Own() implements Attempt {}

  /** The request ended before; the components say how, by whom, when and why. */
  record Closed(ApprovalState state, String by, Instant at, @Nullable String why)
      implements Attempt {

    /** Explains to a person who tried to decide the request again why that is impossible. */
    String explain(String person) {
      return outcome(person)
          + " and cannot be decided again; the requester can make a new request.";
    }

    private String outcome(String person) {
      if (state == ApprovalState.EXPIRED) {
        return "The request ended at %s without a decision (%s)".formatted(at, why);
      }
      String decider = by.equals(person) ? "you" : by;
      return "The request was %s by %s at %s".formatted(state, decider, at);
    }
  }

  @Id private UUID id;

  @Column(name = "workspace_id")
  private UUID workspaceId;

  private UUID requestEventId;
  private String requestType;
  private UUID requestId;
  private String object;

  @Convert(converter = DigestConverter.class)
  private Digest subjectDigest;

  private String requester;
  private List<String> authors;
  private String request;

  @Enumerated(EnumType.STRING)
  private ApprovalState state;

  private Instant requestedAt;
  private Instant expiresAt;
  private @Nullable String decidedBy;
  private @Nullable Instant decidedAt;
  private @Nullable String reason;

  @Convert(converter = DecidingPoliciesConverter.class)
  private @Nullable List<DecidingPolicy> policies;

  private List<String> policyRefusals;
  private List<String> approvedByAuthors;

  /** The constructor for Hibernate, which sets the fields afterwards. */
  @SuppressWarnings("NullAway.Init")
  protected Approval() {}

  /**
   * Creates a pending approval.
   *
   * @param policyRefusals the reasons for which policies that could have decided leave the decision
   *     to a person
   */
  Approval(
      UUID id,
      UUID workspace,
      ApprovalRequest request,
      Duration expiry,
      List<String> policyRefusals) {
    this.id = id;
    this.workspaceId = workspace;
    this.requestEventId = request.eventId();
    this.requestType = request.type();
    this.requestId = request.requestId();
    this.object = request.object();
    this.subjectDigest = request.subjectDigest();
    this.requester = request.requester();
    this.authors = request.authors();
    this.request = request.payload();
    this.state = ApprovalState.PENDING;
    this.requestedAt = request.requestedAt();
    this.expiresAt = request.requestedAt().plus(expiry);
    this.policyRefusals = List.copyOf(policyRefusals);
    this.approvedByAuthors = List.of();
  }

  /** Decides the request in the name of a person, unless the request is their own or has ended. */
  Attempt decide(String approver, ApproverDecision decision, @Nullable String why, Instant now) {
    if (isOwnRequestOf(approver)) {
      return new Own();
    }
    if (decidedBy != null && decidedAt != null) {
      if (state == decision.state() && decidedBy.equals(approver) && Objects.equals(reason, why)) {
        return new AlreadyDecided();
      }
      return new Closed(state, decidedBy, decidedAt, reason);
    }
    if (isExpired(now)) {
      return new Closed(ApprovalState.EXPIRED, Caller.SYSTEM, expiresAt, EXPIRY_REASON);
    }
    end(decision.state(), approver, why, now);
    return new Decided();
  }

  /** Adds the approval of an author to a pending request, which it does not decide by itself. */
  void addAuthorApproval(String author) {
    approvedByAuthors = Stream.concat(approvedByAuthors.stream(), Stream.of(author)).toList();
  }

  /** Approves a pending request in the name of the authors who approved it, by the last of them. */
  void approveByAuthors(@Nullable String why, Instant now) {
    end(ApprovalState.APPROVED, approvedByAuthors.getLast(), why, now);
  }

  /** Approves a pending request by policies, in the place of a person. */
  void approveByPolicy(PolicyRuling.Approves ruling, Instant now) {
    if (state == ApprovalState.PENDING) {
      end(ApprovalState.APPROVED, Caller.SYSTEM, ruling.reason(), now);
      policies = ruling.policies();
    }
  }

  /** Ends a pending request without a decision. */
  void expire(@Nullable String why, Instant now) {
    if (state == ApprovalState.PENDING) {
      end(ApprovalState.EXPIRED, Caller.SYSTEM, why, now);
    }
  }

  private void end(ApprovalState to, String by, @Nullable String why, Instant now) {
    state = to;
    decidedBy = by;
    decidedAt = now;
    reason = why;
  }

  boolean isRequestedBy(String person) {
    return requester.equals(person);
  }

  /** Returns whether a person is the requester or an author, and so may not decide. */
  boolean isOwnRequestOf(String person) {
    return person.equals(requester) || authors.contains(person);
  }

  /** Returns whether the time in which the request can be decided is over. */
  boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  boolean isOlderThan(Approval other) {
    return requestedAt.isBefore(other.requestedAt);
  }

  UUID id() {
    return id;
  }

  UUID workspaceId() {
    return workspaceId;
  }

  UUID requestEventId() {
    return requestEventId;
  }

  String requestType() {
    return requestType;
  }

  UUID requestId() {
    return requestId;
  }

  String object() {
    return object;
  }

  Digest subjectDigest() {
    return subjectDigest;
  }

  String requester() {
    return requester;
  }

  List<String> authors() {
    return List.copyOf(authors);
  }

  String request() {
    return request;
  }

  ApprovalState state() {
    return state;
  }

  @Nullable String decidedBy() {
    return decidedBy;
  }

  @Nullable Instant decidedAt() {
    return decidedAt;
  }

  @Nullable String reason() {
    return reason;
  }

  /**
   * Returns the reasons for which policies that could have decided leave the decision to a person.
   */
  List<String> policyRefusals() {
    return List.copyOf(policyRefusals);
  }

  /** Returns the authors who approved, the first of them first; empty if none did. */
  List<String> approvedByAuthors() {
    return List.copyOf(approvedByAuthors);
  }

  /** Returns whether an author approved a request that is open or was approved. */
  boolean isApprovedBy(String author) {
    return approvedByAuthors.contains(author)
        && (state == ApprovalState.PENDING || state == ApprovalState.APPROVED);
  }

  /** Returns whether authors decided, in the place of somebody who is none. */
  boolean isDecidedByAuthors() {
    return decidedBy != null && approvedByAuthors.contains(decidedBy);
  }

  /** Returns the policies that decided in the place of a person, or null if none did. */
  @Nullable List<DecidingPolicy> policies() {
    return policies;
  }
}
