package io.plumbline.compliance.approval;

import io.plumbline.compliance.policy.Policies;
import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.ComplianceEvent.AuthorApproved;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.problem.RoleRequired;
import io.plumbline.policy.PolicyTarget;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Opens requests and decides them. Each decision is published as one event, from which the owner of
 * the request updates its state.
 */
@Service
public class ApprovalService {

  private final Approvals approvals;
  private final Policies policies;
  private final RefreshPolicies refreshes;
  private final AuthorApprovals authors;
  private final Outbox outbox;
  private final ApprovalSettings settings;
  private final Clock clock;

  ApprovalService(
      Approvals approvals,
      Policies policies,
      RefreshPolicies refreshes,
      AuthorApprovals authors,
      Outbox outbox,
      ApprovalSettings settings,
      Clock clock) {
    this.approvals = approvals;
    this.policies = policies;
    this.refreshes = refreshes;
    this.authors = authors;
    this.outbox = outbox;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Opens a request. If one person has requested the same object twice, only the newer request
   * stays pending. Nobody ends the request of another person by making one. A request to refresh a
   * released variant is approved at once if policies of the target refresh are active and none
   * refuses.
   */
  @Transactional
  public void open(ApprovalRequest request) {
    if (approvals.existsByRequestEventId(request.eventId())) {
      return;
    }
    PolicyRuling ruling = rulingOn(request);
    Approval opened =
        new Approval(
            Ids.next(),
            Caller.current().workspace(),
            request,
            settings.expiry(),
            ruling instanceof PolicyRuling.Refuses refuses ? refuses.reasons() : List.of());
    List<Approval> pending =
        approvals.findByRequestTypeAndObjectAndState(
            request.type(), request.object(), ApprovalState.PENDING);
    approvals.saveAndFlush(opened);
    for (Approval other : pending) {
      if (!other.isRequestedBy(request.requester())) {
        continue;
      }
      if (opened.isOlderThan(other)) {
        supersede(opened, other);
      } else {
        supersede(other, opened);
      }
    }
    if (ruling instanceof PolicyRuling.Approves approves
        && opened.state() == ApprovalState.PENDING) {
      opened.approveByPolicy(approves, clock.instant());
      publish(opened);
    }
  }

  /**
   * Returns the ruling of the policies about a request. They never approve what a person rejected
   * before.
   */
  private PolicyRuling rulingOn(ApprovalRequest request) {
    if (request.release() == null) {
      return new PolicyRuling.NotAsked();
    }
    PolicyRuling ruling = refreshes.ruleOn(request.release());
    if (ruling instanceof PolicyRuling.Approves && wasRejectedBefore(request)) {
      return new PolicyRuling.Refuses(List.of("a person rejected this variant before"));
    }
    return ruling;
  }

  private boolean wasRejectedBefore(ApprovalRequest request) {
    return approvals.existsByObjectAndSubjectDigestAndState(
        request.object(), request.subjectDigest(), ApprovalState.REJECTED);
  }

  private void supersede(Approval older, Approval newer) {
    if (older.state() == ApprovalState.PENDING) {
      older.expire("superseded by request " + newer.requestId(), clock.instant());
      publish(older);
    }
  }

  /**
   * Ends a request that its requester withdrew; one that was decided before stays as it is.
   *
   * @param reason a text that says who withdrew the request and why
   */
  @Transactional
  public void withdraw(String type, String object, UUID requestId, @Nullable String reason) {
    approvals.findByRequestTypeAndObjectAndState(type, object, ApprovalState.PENDING).stream()
        .filter(pending -> pending.requestId().equals(requestId))
        .forEach(withdrawn -> {
          withdrawn.expire(reason, clock.instant());
          publish(withdrawn);
        });
  }

  /**
   * Decides a request in the name of the caller.
   *
   * @param reviewed the digest that the approver reviewed; when present it must be the request's
   */
  @Transactional
  public void decide(
      UUID approvalId,
      ApproverDecision decision,
      @Nullable String reason,
      @Nullable Digest reviewed) {
    Approval approval = approvals.findById(approvalId).orElseThrow(Problem::notFound);
    Caller caller = Caller.current();
    boolean own = approval.isOwnRequestOf(caller.actor());
    if (own) {
      requireAuthorMayApprove(approval, caller, decision, reason);
    } else if (!caller.hasRole(Role.APPROVER)) {
      throw new RoleRequired(Role.APPROVER);
    }
    if (reviewed != null && !reviewed.equals(approval.subjectDigest())) {
      throw new Problem(
          ApprovalProblem.OTHER_DIGEST,
          "subjectDigest does not match: the request is for "
              + approval.subjectDigest()
              + ". Read the request again before you decide.");
    }
    if (own) {
      approveAsAuthor(approval, caller, reason);
      return;
    }
    switch (approval.decide(caller.actor(), decision, reason, clock.instant())) {
      case Approval.Decided decided -> {
        requireAllowedByPolicies(approval, caller, decision, reason);
        publish(approval, roleNames(caller));
      }
      case Approval.AlreadyDecided same -> {}
      case Approval.Own refused -> throw authors.refusal(approval);
      case Approval.Closed closed ->
          throw new Problem(ApprovalProblem.CLOSED, closed.explain(caller.actor()));
    }
  }

  /**
   * Requires that the caller may approve their own request together with another author. The
   * caller's own request and a missing role are different errors, because only the first is solved
   * by a second person.
   */
  private void requireAuthorMayApprove(
      Approval approval, Caller caller, ApproverDecision decision, @Nullable String reason) {
    boolean approves = decision == ApproverDecision.APPROVED;
    if (approves && approval.isApprovedBy(caller.actor())) {
      return;
    }
    if (!approves
        || approval.state() != ApprovalState.PENDING
        || approval.isExpired(clock.instant())) {
      throw authors.refusal(approval);
    }
    authors.requireAllowed(approval, caller, variables(approval, caller, decision, reason));
  }

  /**
   * Adds the approval of an author, and decides the request if it is the second of two. An approval
   * that is repeated changes nothing.
   */
  private void approveAsAuthor(Approval approval, Caller caller, @Nullable String reason) {
    if (approval.isApprovedBy(caller.actor())) {
      return;
    }
    requireAllowedByPolicies(approval, caller, ApproverDecision.APPROVED, reason);
    approval.addAuthorApproval(caller.actor());
    if (authors.isDecided(approval)) {
      approval.approveByAuthors(reason, clock.instant());
      publish(approval, roleNames(caller));
      return;
    }
    approvals.flush();
    outbox.append(
        new AuthorApproved(
            approval.id(),
            approval.requestEventId(),
            approval.requestType(),
            approval.requestId(),
            approval.subjectDigest(),
            caller.actor(),
            reason),
        approval.id().toString(),
        approval.revision());
  }

  private void requireAllowedByPolicies(
      Approval approval, Caller caller, ApproverDecision decision, @Nullable String reason) {
    List<String> refusals =
        policies.refusals(PolicyTarget.APPROVAL, variables(approval, caller, decision, reason));
    if (!refusals.isEmpty()) {
      throw new Problem(ApprovalProblem.REFUSED, String.join(" ", refusals)).missing(refusals);
    }
  }

  private static Map<String, Object> variables(
      Approval approval, Caller caller, ApproverDecision decision, @Nullable String reason) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("approval.requestType", approval.requestType());
    variables.put("approval.object", approval.object());
    variables.put("approval.requester", approval.requester());
    variables.put("approval.authors", approval.authors());
    variables.put("approval.approver", caller.actor());
    variables.put("approval.roles", roleNames(caller));
    variables.put("approval.decision", decision.name());
    variables.put("approval.reason", Objects.requireNonNullElse(reason, ""));
    return variables;
  }

  /** Ends requests past their expiry, in the caller's workspace. */
  @Transactional
  public void expireOverdueRequests() {
    Instant now = clock.instant();
    for (Approval due : approvals.findTop100ByStateAndExpiresAtBefore(ApprovalState.PENDING, now)) {
      due.expire(Approval.EXPIRY_REASON, now);
      publish(due);
    }
  }

  private static List<String> roleNames(Caller caller) {
    return caller.roles().stream().map(Role::claim).sorted().toList();
  }

  private void publish(Approval approval) {
    publish(approval, null);
  }

  private void publish(Approval approval, @Nullable List<String> roles) {
    approvals.flush();
    outbox.append(
        new ApprovalDecided(
            approval.id(),
            approval.requestEventId(),
            approval.requestType(),
            approval.requestId(),
            approval.subjectDigest(),
            approval.state().decision(),
            Objects.requireNonNullElse(approval.decidedBy(), Caller.SYSTEM),
            approval.reason(),
            approval.policies(),
            approval.isDecidedByAuthors() ? approval.approvedByAuthors() : null,
            roles),
        approval.id().toString(),
        approval.revision());
  }
}
