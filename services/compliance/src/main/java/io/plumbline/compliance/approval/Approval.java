package io.plumbline.compliance.approval;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request that waits for, or has had, the word of a second person. */
@Entity
class Approval {

  /** What an attempt to decide came to. */
  sealed interface Attempt {}

  record Decided() implements Attempt {}

  /** The same person said the same before. */
  record AlreadySo() implements Attempt {}

  /** Whoever asked for it or wrote a part of it does not approve it. */
  record Own() implements Attempt {}

  record Closed(ApprovalState state) implements Attempt {}

  @Id private UUID id;

  @Column(name = "workspace_id")
  private UUID workspaceId;

  // A wrapper, so that Spring Data tells a new aggregate from a stored one by it.
  @Version private @Nullable Long version;

  private UUID requestEventId;
  private String requestType;
  private UUID requestId;
  private String object;
  private String subjectDigest;
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

  /** For Hibernate, which sets the fields afterwards. */
  @SuppressWarnings("NullAway.Init")
  protected Approval() {}

  Approval(UUID id, UUID workspace, ApprovalRequest asked, Duration expiry) {
    this.id = id;
    this.workspaceId = workspace;
    this.requestEventId = asked.eventId();
    this.requestType = asked.type();
    this.requestId = asked.requestId();
    this.object = asked.object();
    this.subjectDigest = asked.subjectDigest().hex();
    this.requester = asked.requester();
    this.authors = asked.authors();
    this.request = asked.payload();
    this.state = ApprovalState.PENDING;
    this.requestedAt = asked.requestedAt();
    this.expiresAt = asked.requestedAt().plus(expiry);
  }

  Attempt decide(String approver, Decision decision, @Nullable String why, Instant now) {
    if (isOwn(approver)) {
      return new Own();
    }
    if (state == decision.state() && approver.equals(decidedBy)) {
      return new AlreadySo();
    }
    if (state != ApprovalState.PENDING || isDue(now)) {
      return new Closed(state == ApprovalState.PENDING ? ApprovalState.EXPIRED : state);
    }
    close(decision.state(), approver, why, now);
    return new Decided();
  }

  /** Ends a pending request without anybody's word. */
  void expire(String why, Instant now) {
    if (state == ApprovalState.PENDING) {
      close(ApprovalState.EXPIRED, "system", why, now);
    }
  }

  private void close(ApprovalState to, String by, @Nullable String why, Instant now) {
    state = to;
    decidedBy = by;
    decidedAt = now;
    reason = why;
  }

  boolean isOwn(String person) {
    return person.equals(requester) || authors.contains(person);
  }

  boolean isDue(Instant now) {
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

  long version() {
    return version == null ? 0 : version;
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

  String subjectDigest() {
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
}
